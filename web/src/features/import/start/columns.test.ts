import { expect, it } from 'vitest';
import { decide, doubled, fateOf, saysWho } from './columns';

const column = (index: number, field: string | null) => ({
  index,
  header: `h${index}`,
  field,
  left_out: false,
  samples: [],
});
const name = column(0, 'name');
const phone = column(1, 'phone');
const other = column(2, null);

it('follows Alfa until the person decides otherwise', () => {
  expect([name, other].map((one) => fateOf(one, {}))).toEqual(['name', 'extra']);
  const decided = decide(decide({}, other, 'phone'), name, 'none');
  expect(decided).toEqual({ 2: 'phone', 0: null });
  expect([name, other].map((one) => fateOf(one, decided))).toEqual(['none', 'phone']);
});

it('forgets a decision that is what Alfa does anyway', () => {
  expect(decide({ 0: null, 2: 'age' }, name, 'name')).toEqual({ 2: 'age' });
  expect(decide({ 2: 'age' }, other, 'extra')).toEqual({});
  const reason = { ...other, left_out: true };
  expect(fateOf(reason, {})).toBe('none');
  expect(decide({}, reason, 'none')).toEqual({});
  expect(decide({}, reason, 'extra')).toEqual({ 2: 'extra' });
});

it('sees a field that two columns would fill, and a file that says nobody', () => {
  expect(doubled([name, phone, other], {})).toEqual(new Set());
  expect(doubled([name, phone, other], { 2: 'phone' })).toEqual(new Set(['phone']));
  expect(saysWho({ columns: [name, other] }, {})).toBe(false);
  expect(saysWho({ columns: [name, other] }, { 2: 'username' })).toBe(true);
  expect(saysWho({ columns: [] }, {})).toBe(true);
});
