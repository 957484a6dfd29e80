import { describe, expect, it } from 'vitest';
import { dayIn, daysBefore, daysOf } from './period';

it('knows the day of the business, not of the browser', () => {
  const at = new Date('2026-03-31T22:30:00Z');
  expect(dayIn('Europe/Moscow', at)).toBe('2026-04-01');
  expect(dayIn('America/New_York', at)).toBe('2026-03-31');
});

it('counts back over months and leap years', () => {
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(daysBefore('2028-03-01', 1)).toBe('2028-02-29');
  expect(daysBefore('2026-01-01', 365)).toBe('2025-01-01');
});

describe('the days of an address', () => {
  it('are the last thirty when it says nothing', () => {
    expect(daysOf({}, '2026-11-28')).toEqual({ from: '2026-10-30', to: '2026-11-28' });
  });
  it('are the last so many', () => {
    expect(daysOf({ days: 7 }, '2026-11-28')).toEqual({ from: '2026-11-22', to: '2026-11-28' });
  });
  it('are its own, and an end that it leaves out is filled in', () => {
    expect(daysOf({ days: 7, from: '2026-01-01', to: '2026-01-31' }, '2026-11-28')).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    });
    expect(daysOf({ to: '2026-01-31' }, '2026-11-28')).toEqual({ from: '2026-01-02', to: '2026-01-31' });
    expect(daysOf({ from: '2026-11-20' }, '2026-11-28')).toEqual({ from: '2026-11-20', to: '2026-11-28' });
  });
});
