import { describe, expect, it } from 'vitest';
import { isUnreadable, majorOf, minorOf, typedMoney } from './money';

it('counts minor units without losing one', () => {
  expect(minorOf('19.99', 'RUB')).toBe(1999);
  expect(minorOf(1.1, 'RUB')).toBe(110);
  expect(minorOf(500, 'JPY')).toBe(500);
  expect(majorOf(1999, 'RUB')).toBe(19.99);
});

describe('what a person types', () => {
  it.each([
    ['1000', 100_000],
    ['1 000,50', 100_050],
    ['1\u00a0000,50', 100_050],
    ['1\u202f000.5', 100_050],
    ['1,000.50', 100_050],
    ['1.000,50', 100_050],
    ['12 345 678,90', 1_234_567_890],
    ['1,000,000', 100_000_000],
    [' 950,50 ₽ ', 95_050],
    ['5,', 500],
    ['0', 0],
  ])('%s is read whole', (typed, minor) => {
    expect(minorOf(typed, 'RUB')).toBe(minor);
    expect(isUnreadable(typed, 'RUB')).toBe(false);
  });

  it.each([
    '1e5',
    '1,000',
    '1.000',
    '19.999',
    '10 00',
    '1,00.50',
    '1.000.50',
    '-5',
    '1/2',
    'abc',
    '.',
    ' ',
    '99999999999999999',
  ])('%s is no amount', (typed) => {
    expect(minorOf(typed, 'RUB')).toBeNull();
    expect(isUnreadable(typed, 'RUB')).toBe(true);
  });

  it('knows the decimals of the currency', () => {
    expect(minorOf('1000', 'JPY')).toBe(1000);
    expect(isUnreadable('1000.50', 'JPY')).toBe(true);
    expect(minorOf('1.234', 'KWD')).toBe(1234);
  });

  it('is nothing when nothing is typed', () => {
    expect(minorOf('', 'RUB')).toBeNull();
    expect(isUnreadable('', 'RUB')).toBe(false);
  });

  it('reads what the input itself shows', () => {
    for (const minor of [1, 50, 100_000, 100_050, 123_456_789])
      for (const mark of [',', '.'] as const)
        expect(minorOf(typedMoney(majorOf(minor, 'RUB'), 'RUB', mark), 'RUB')).toBe(minor);
    expect(typedMoney(1000.5, 'RUB', ',')).toBe('1000,50');
    expect(typedMoney(800, 'RUB', ',')).toBe('800');
  });
});
