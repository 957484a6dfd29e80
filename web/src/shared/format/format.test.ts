import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { switchLanguage } from '../i18n';
import { count, day, duration, fromNow, moment, money, phone, setZone, shortDay, shortMoment, time } from '.';

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
    expect(plain(time(at(2026, 2, 12, 9)))).toBe('9:00 AM');
  });
});

describe('by the clock of the business', () => {
  beforeEach(() => switchLanguage('ru'));
  afterEach(() => setZone(undefined));
  // In Vladivostok it is 06:30 of the 13th, in New York 16:30 of the 12th.
  const at = '2026-03-12T20:30:00Z';
  const noon = new Date('2026-03-13T12:00:00Z');

  it('shows the time and the day that it is there', () => {
    setZone('Asia/Vladivostok');
    expect(time(at)).toBe('06:30');
    expect(moment(at, noon)).toBe('сегодня, 06:30');
    expect(shortMoment(at, noon)).toBe('06:30');
    setZone('America/New_York');
    expect(time(at)).toBe('16:30');
    expect(moment(at, noon)).toBe('вчера, 16:30');
    expect(shortMoment(at, noon)).toBe('чт');
  });

  it('has the year of there', () => {
    setZone('Asia/Vladivostok');
    expect(day('2025-12-31T20:00:00Z', noon)).toBe('1 января');
    setZone('America/New_York');
    expect(day('2026-01-01T02:00:00Z', noon)).toBe('31 декабря 2025 г.');
  });

  it('leaves a calendar day as it is', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Moscow']) {
      setZone(zone);
      expect(shortDay('2026-02-03')).toBe('3 февр.');
      expect(day('2026-02-03', noon)).toBe('3 февраля');
    }
  });

  it('keeps to the browser’s clock when the zone is not known', () => {
    const own = time(at);
    setZone('Mars/Olympus');
    expect(time(at)).toBe(own);
  });
});
