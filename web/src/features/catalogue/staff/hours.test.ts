import { expect, it } from 'vitest';
import { hoursOf, hoursWords, typedHours } from './hours';

const WEEK = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from_minute: 540, to_minute: 1080 }));

it('reads back what it shows', () => {
  expect(hoursOf(typedHours(WEEK))).toEqual(WEEK);
  const late = [{ weekday: 6, from_minute: 1200, to_minute: 1440 }];
  expect(hoursOf(typedHours(late))).toEqual(late);
});

it('takes hours over midnight, and none without a beginning, an end or a length', () => {
  const night = [{ weekday: 5, from_minute: 1320, to_minute: 120 }];
  expect(hoursOf([{ key: '', weekday: '5', from: '22:00', to: '02:00' }])).toEqual(night);
  expect(hoursOf(typedHours(night))).toEqual(night);
  expect(hoursOf([{ key: '', weekday: '1', from: '18:00', to: '18:00' }])).toBeNull();
  expect(hoursOf([{ key: '', weekday: '1', from: '18:00', to: '' }])).toBeNull();
  expect(hoursOf([{ key: '', weekday: '1', from: '', to: '09:00' }])).toBeNull();
});

it('says days with the same hours together', () => {
  expect(hoursWords(WEEK)).toMatch(/^\S+–\S+ 09:00–18:00$/);
  expect(hoursWords([])).toBe('');
});
