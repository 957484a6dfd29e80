import { describe, expect, it } from 'vitest';
import { clockTime, minutesOf, momentOf, plusDays, todayIn, wallOf, weekOf } from './clock';
import { isDay } from './day';

const BERLIN = 'Europe/Berlin';
const MOSCOW = 'Europe/Moscow';

describe('the business’s clock', () => {
  it.each([
    ['2026-11-28T06:30:00Z', MOSCOW, '2026-11-28', 570],
    ['2026-11-27T22:00:00Z', MOSCOW, '2026-11-28', 60],
    ['2026-03-29T00:59:00Z', BERLIN, '2026-03-29', 119],
    ['2026-03-29T01:00:00Z', BERLIN, '2026-03-29', 180],
    ['2026-10-25T12:00:00Z', BERLIN, '2026-10-25', 780],
    ['2026-12-31T23:30:00Z', 'America/New_York', '2026-12-31', 1110],
  ])('%s in %s', (iso, zone, day, minutes) => {
    expect(wallOf(iso, zone)).toEqual({ day, minutes });
    expect(momentOf({ day, minutes }, zone)).toBe(iso);
  });

  it('takes a time that the clocks leave out an hour later, and any of the two of an hour that comes twice', () => {
    expect(momentOf({ day: '2026-03-29', minutes: 150 }, BERLIN)).toBe('2026-03-29T01:30:00Z');
    const twice = momentOf({ day: '2026-10-25', minutes: 150 }, BERLIN);
    expect(wallOf(twice, BERLIN)).toEqual({ day: '2026-10-25', minutes: 150 });
  });

  it('knows midnight at the end of a day', () => {
    expect(momentOf({ day: '2026-11-28', minutes: 1440 }, MOSCOW)).toBe('2026-11-28T21:00:00Z');
  });

  it('knows the day of now by its own zone', () => {
    expect(todayIn('Pacific/Kiritimati', new Date('2026-11-28T11:00:00Z'))).toBe('2026-11-29');
  });
});

it('counts days and weeks', () => {
  expect(plusDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(weekOf('2026-11-29')).toEqual([
    '2026-11-23',
    '2026-11-24',
    '2026-11-25',
    '2026-11-26',
    '2026-11-27',
    '2026-11-28',
    '2026-11-29',
  ]);
  expect(weekOf('2026-11-23')[0]).toBe('2026-11-23');
});

it('reads and writes times', () => {
  expect(clockTime(570)).toBe('09:30');
  expect(clockTime(1440)).toBe('00:00');
  expect(minutesOf('09:30')).toBe(570);
  expect(minutesOf('24:00')).toBeNull();
  expect(minutesOf('soon')).toBeNull();
  expect(isDay('2026-02-30')).toBe(false);
  expect(isDay('2026-02-28')).toBe(true);
});
