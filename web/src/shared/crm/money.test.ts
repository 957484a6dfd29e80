import { expect, it } from 'vitest';
import { majorOf, minorOf } from './money';

it('counts minor units without losing one', () => {
  expect(minorOf('19.99', 'RUB')).toBe(1999);
  expect(minorOf(1.1, 'RUB')).toBe(110);
  expect(minorOf(500, 'JPY')).toBe(500);
  expect(minorOf('', 'RUB')).toBeNull();
  expect(minorOf('abc', 'RUB')).toBeNull();
  expect(majorOf(1999, 'RUB')).toBe(19.99);
});
