import { expect, it } from 'vitest';
import { changeOf, missingEnd, type PolicyValues } from './policyValues';

const BEFORE: PolicyValues = {
  daily_new_dialogs: 20,
  recently_contacted_hours: 24,
  pause_seconds_min: 30,
  pause_seconds_max: 90.5,
  settle_seconds: 8,
  max_unanswered: 3,
  quiet_from: '21:00',
  quiet_to: '09:00',
  approval: 'manual',
};

it('sends what was changed and nothing else', () => {
  expect(changeOf(BEFORE, BEFORE)).toEqual({});
  expect(changeOf(BEFORE, { ...BEFORE, daily_new_dialogs: 25, approval: 'auto' })).toEqual({
    daily_new_dialogs: 25,
    approval: 'auto',
  });
});

it('sends both ends of the quiet hours, and none as none', () => {
  expect(changeOf(BEFORE, { ...BEFORE, quiet_to: '08:00' })).toEqual({
    quiet_from: '21:00',
    quiet_to: '08:00',
  });
  expect(changeOf(BEFORE, { ...BEFORE, quiet_from: '', quiet_to: '' })).toEqual({
    quiet_from: null,
    quiet_to: null,
  });
});

it('knows which end of the quiet hours is missing', () => {
  expect(missingEnd(BEFORE)).toBeNull();
  expect(missingEnd({ ...BEFORE, quiet_from: '', quiet_to: '' })).toBeNull();
  expect(missingEnd({ ...BEFORE, quiet_from: '' })).toBe('quiet_from');
  expect(missingEnd({ ...BEFORE, quiet_to: '' })).toBe('quiet_to');
});
