import { beforeEach, describe, expect, it } from 'vitest';
import { switchLanguage } from '../i18n';
import { count, day, duration, fromNow, money, phone, shortMoment } from '.';

const now = new Date(2026, 2, 12, 15, 0);
const at = (...parts: [number, number, number, number]) =>
  new Date(parts[0], parts[1], parts[2], parts[3]).toISOString();
const plain = (value: string) => value.replace(/[\u00a0\u202f]/g, ' ');

describe('in Russian', () => {
  beforeEach(() => switchLanguage('ru'));

  it('says days in words', () => {
    expect(day(at(2026, 2, 12, 1), now)).toBe('Сегодня');
    expect(day(at(2026, 2, 11, 23), now)).toBe('Вчера');
    expect(day(at(2026, 1, 3, 9), now)).toBe('3 февраля');
    expect(day(at(2025, 1, 3, 9), now)).toBe('3 февраля 2025 г.');
  });

  it('keeps list times short', () => {
    expect(shortMoment(at(2026, 2, 12, 9), now)).toBe('09:00');
    expect(shortMoment(at(2026, 2, 10, 9), now)).toBe('вт');
    expect(shortMoment(at(2026, 1, 3, 9), now)).toBe('3 февр.');
  });

  it('formats numbers, money and phones', () => {
    expect(plain(count(1_000_000))).toBe('1 000 000');
    expect(plain(money(123_450, 'RUB'))).toBe('1 234,50 ₽');
    expect(money(500, 'JPY')).toContain('500');
    expect(phone('+79161234567')).toBe('+7 916 123-45-67');
    expect(phone('+998901234567')).toBe('+998901234567');
  });

  it('says how long', () => {
    expect(fromNow(at(2026, 2, 12, 17), now)).toBe('через 2 часа');
    expect(plain(duration(7500))).toBe('2 ч 5 мин');
    expect(plain(duration(45))).toBe('45 с');
  });
});

describe('in English', () => {
  beforeEach(() => switchLanguage('en'));

  it('says days in words', () => {
    expect(day(at(2026, 2, 13, 1), now)).toBe('Tomorrow');
    expect(day(at(2026, 1, 3, 9), now)).toBe('February 3');
    expect(money(123_450, 'USD')).toBe('$1,234.50');
  });
});
