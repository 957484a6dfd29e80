import { describe, expect, it } from 'vitest';
import '../texts';
import { displayOf, follow } from './display';

const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;
const say = (
  value: number | string,
  bound: 'exact' | 'up_to' | 'from',
  unit: 'percent' | 'day' | 'RUB_per_year',
) => [plain(displayOf({ value, bound, unit }, 'ru')), plain(displayOf({ value, bound, unit }, 'en'))];

describe('an amount in words', () => {
  it('has its bound and its unit', () => {
    expect(say(7, 'up_to', 'percent')).toEqual(['до 7 %', 'up to 7%']);
    expect(say(24.9, 'from', 'percent')).toEqual(['от 24,9 %', 'from 24.9%']);
    expect(say(1200, 'exact', 'RUB_per_year')).toEqual(['1 200 ₽ в год', '₽1,200 a year']);
  });

  it('is counted in the right case', () => {
    expect(say(60, 'up_to', 'day')).toEqual(['до 60 дней', 'up to 60 days']);
    expect(say(1, 'up_to', 'day')).toEqual(['до 1 дня', 'up to 1 day']);
    expect(say(21, 'from', 'day')).toEqual(['от 21 дня', 'from 21 days']);
    expect(say(3, 'exact', 'day')).toEqual(['3 дня', '3 days']);
  });

  it('is left to a person where nobody knows how to say it', () => {
    expect(displayOf({ value: 7, bound: 'up_to', unit: 'percent' }, 'kk')).toBeNull();
    expect(displayOf({ value: 'любая цель', bound: 'exact', unit: 'text' }, 'ru')).toBeNull();
    expect(displayOf({ value: '', bound: 'exact', unit: 'day' }, 'ru')).toBeNull();
  });
});

it('follows the amount until somebody words it by hand', () => {
  const before = { value: 7, bound: 'up_to', unit: 'percent' } as const;
  const after = { ...before, value: 10 };
  const texts = { ru: displayOf(before, 'ru') ?? '', en: 'as much as 7%', kk: '' };
  const now = follow(texts, before, after);
  expect(plain(now.ru ?? null)).toBe('до 10 %');
  expect(now.en).toBe('as much as 7%');
  expect(now.kk).toBe('');
});
