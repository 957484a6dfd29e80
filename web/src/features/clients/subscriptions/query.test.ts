import { expect, it } from 'vitest';
import { orderOf, queryOf } from './query';

const TODAY = '2026-11-28';

it('asks for what is looked at, by the day of the business', () => {
  expect(queryOf({}, TODAY)).toEqual({});
  expect(queryOf({ show: 'active', service_id: 3 }, TODAY)).toEqual({ active_on: TODAY, service_id: 3 });
  expect(queryOf({ show: 'ending' }, TODAY)).toEqual({
    status: 'active',
    ends_from: TODAY,
    ends_to: '2026-12-05',
  });
  // A cancelled one is neither frozen nor over: it has a list of its own.
  expect(queryOf({ show: 'frozen' }, TODAY)).toEqual({ status: 'active', frozen_on: TODAY });
  expect(queryOf({ show: 'ended' }, TODAY)).toEqual({ status: 'active', ends_to: '2026-11-27' });
  expect(queryOf({ show: 'used_up' }, TODAY)).toEqual({ used_up: true });
  expect(queryOf({ show: 'owed', number: 'A-1' }, TODAY)).toEqual({ owed: true, number: 'A-1' });
});

it('shows first what ends first, and of what is over the last', () => {
  expect(orderOf('ending')).toBe('ends_on');
  expect(orderOf('ended')).toBe('-ends_on');
  expect(orderOf(undefined)).toBe('-ends_on');
});
