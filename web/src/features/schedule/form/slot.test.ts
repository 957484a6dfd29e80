import { expect, it } from 'vitest';
import { isOvernight, momentsOf, typed, typedInOneDay, typedOf } from './slot';

const MOSCOW = 'Europe/Moscow';

it('is typed and read back', () => {
  const values = typed({ day: '2026-11-28', from: 600, to: 660 });
  const moments = momentsOf(values, MOSCOW);
  expect(moments).toEqual({ starts_at: '2026-11-28T07:00:00Z', ends_at: '2026-11-28T08:00:00Z' });
  expect(typedOf(moments?.starts_at ?? '', moments?.ends_at ?? '', MOSCOW)).toEqual(values);
});

it('ends at midnight or on another day', () => {
  const midnight = { day: '2026-11-28', from: '22:00', to: '00:00', to_day: '2026-11-28' };
  expect(momentsOf(midnight, MOSCOW)?.ends_at).toBe('2026-11-28T21:00:00Z');
  const month = { day: '2026-11-01', from: '09:00', to: '21:00', to_day: '2026-11-30' };
  expect(momentsOf(month, MOSCOW)?.ends_at).toBe('2026-11-30T18:00:00Z');
});

it('is nothing when it ends before it begins or is not a time', () => {
  expect(momentsOf({ day: '2026-11-28', from: '12:00', to: '11:00', to_day: '' }, MOSCOW)).toBeNull();
  expect(momentsOf({ day: '2026-11-28', from: '', to: '11:00', to_day: '' }, MOSCOW)).toBeNull();
});

it('goes over midnight when it ends before it begins, as far as a night goes', () => {
  const night = { day: '2026-11-28', from: '23:30', to: '00:30', to_day: '' };
  expect(isOvernight(night)).toBe(true);
  const moments = momentsOf(night, MOSCOW);
  expect(moments).toEqual({ starts_at: '2026-11-28T20:30:00Z', ends_at: '2026-11-28T21:30:00Z' });
  expect(typedInOneDay(moments?.starts_at ?? '', moments?.ends_at ?? '', MOSCOW)).toEqual(night);
  // Put on another day, it ends the morning after that one.
  expect(momentsOf({ ...night, day: '2026-11-20' }, MOSCOW)?.ends_at).toBe('2026-11-20T21:30:00Z');
  expect(isOvernight({ ...night, from: '10:00', to: '09:00' })).toBe(false);
});
