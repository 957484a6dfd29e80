import { expect, it } from 'vitest';
import { cardOf, changeOf, isBornLater, valuesOf } from './ClientFields';

it('sends only what differs, and null for what was emptied', () => {
  const before = { ...valuesOf(), source: 'Сайт', notes: 'Звонить утром' };
  const after = { ...before, source: '  ', birth_date: '1990-05-01' };
  expect(changeOf(before, after)).toEqual({ source: null, birth_date: '1990-05-01' });
  expect(changeOf(before, before)).toEqual({});
});

it('trims what is typed', () => {
  expect(cardOf({ ...valuesOf(), contract_number: ' 12 ' }).contract_number).toBe('12');
});

it('knows a day of birth that has not come', () => {
  const born = (birth_date: string) => isBornLater({ birth_date }, '2026-11-28');
  expect(['', '1990-05-01', '2026-11-28'].map(born)).toEqual([false, false, false]);
  expect(['2026-11-29', '2027-01-01'].map(born)).toEqual([true, true]);
});
