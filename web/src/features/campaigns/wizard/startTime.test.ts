import { expect, it } from 'vitest';
import { inAnHour, timeTyped, typedTime } from './startTime';

const [MOSCOW, DELHI] = ['Europe/Moscow', 'Asia/Kolkata'];

it('is typed and shown by the business’s clock', () => {
  expect(typedTime('2026-11-27T22:05:00Z', MOSCOW)).toBe('2026-11-28T01:05');
  expect(timeTyped('2026-11-28T01:05', MOSCOW)).toBe('2026-11-27T22:05:00Z');
  expect(timeTyped('2026-11-28T01:05', DELHI)).toBe('2026-11-27T19:35:00Z');
});

it('is nothing while it is not whole', () => {
  for (const typed of ['', '2026-11-28', '2026-11-28T', '2026-02-30T10:00'])
    expect(timeTyped(typed, MOSCOW)).toBeNull();
});

it('begins at a full hour of that clock', () => {
  const now = Date.parse('2026-11-28T10:20:30Z');
  expect(inAnHour(MOSCOW, now)).toBe('2026-11-28T11:00:00Z');
  expect(inAnHour(DELHI, now)).toBe('2026-11-28T10:30:00Z');
});
