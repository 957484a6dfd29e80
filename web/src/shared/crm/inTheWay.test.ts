import { expect, it } from 'vitest';
import { type InTheWay, Problem } from '../api/problem';
import { inTheWay } from './inTheWay';

const ZONE = 'Europe/Moscow';
const refusal = (conflict: Partial<InTheWay>) =>
  new Problem(409, 'taken', 'Занято.', [], null, {
    kind: 'place',
    id: 2,
    name: 'Большой зал',
    starts_at: '2026-11-28T21:30:00Z',
    ends_at: '2026-11-28T22:30:00Z',
    ...conflict,
  });

it('leads to the day of the business on which that stands which is in the way', () => {
  expect(inTheWay(refusal({ session_id: 7 }), ZONE)).toEqual({
    view: 'day',
    by: 'place',
    day: '2026-11-29',
    session: 7,
  });
  expect(inTheWay(refusal({ kind: 'staff', booking_id: 9 }), ZONE)).toMatchObject({
    by: 'staff',
    booking: 9,
  });
});

it('leads nowhere when the refusal names nothing in the schedule', () => {
  expect(inTheWay(refusal({}), ZONE)).toBeNull();
  expect(inTheWay(new Problem(409, 'stale', 'Изменилось.'), ZONE)).toBeNull();
  expect(inTheWay(new Error('x'), ZONE)).toBeNull();
});
