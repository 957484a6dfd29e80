import { expect, it } from 'vitest';
import { forApi, narrowedBy } from './search';

it('asks for silence since the same midnight all day long', () => {
  const morning = Date.parse('2026-03-10T06:00:00Z');
  const evening = Date.parse('2026-03-10T21:00:00Z');
  expect(forApi({ quiet_days: 7 }, morning)).toEqual({ not_contacted_since: '2026-03-03T00:00:00.000Z' });
  expect(forApi({ quiet_days: 7 }, evening)).toEqual(forApi({ quiet_days: 7 }, morning));
});

it('leaves out what says nothing', () => {
  expect(forApi({ search: '', tag: undefined, stage: 'won', opted_out: false })).toEqual({
    stage: 'won',
    opted_out: false,
  });
  expect(narrowedBy({ search: '', stage: 'won' })).toBe(1);
});
