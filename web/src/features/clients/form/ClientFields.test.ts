import { expect, it } from 'vitest';
import { cardOf, changeOf, valuesOf } from './ClientFields';

it('sends only what differs, and null for what was emptied', () => {
  const before = { ...valuesOf(), source: 'Сайт', notes: 'Звонить утром' };
  const after = { ...before, source: '  ', birth_date: '1990-05-01' };
  expect(changeOf(before, after)).toEqual({ source: null, birth_date: '1990-05-01' });
  expect(changeOf(before, before)).toEqual({});
});

it('trims what is typed', () => {
  expect(cardOf({ ...valuesOf(), contract_number: ' 12 ' }).contract_number).toBe('12');
});
