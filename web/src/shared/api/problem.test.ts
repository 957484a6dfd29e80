import { expect, it } from 'vitest';
import { problemOf } from './problem';

const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status });

it('names the inputs that are refused', async () => {
  const errors = [{ field: 'age', message: 'целое число' }];
  const problem = await problemOf(answer(422, { code: 'invalid', detail: 'Не подходит.', errors }));
  expect(problem.byField()).toEqual({ age: 'целое число' });
});

it('names the input that a conflict is about', async () => {
  const body = { code: 'contact_exists', detail: 'Такой телефон уже есть.', field: 'phone', contact_id: 3 };
  expect((await problemOf(answer(409, body))).byField()).toEqual({ phone: 'Такой телефон уже есть.' });
  expect((await problemOf(answer(409, { code: 'stale', detail: 'Изменилось.' }))).fields).toEqual([]);
});

it('keeps only the status of what is no problem', async () => {
  const problem = await problemOf(new Response('<html>', { status: 502 }));
  expect([problem.status, problem.message, problem.fields]).toEqual([502, '', []]);
});

it('knows what is in the way of a session', async () => {
  const conflict = {
    kind: 'place',
    id: 2,
    name: 'Большой зал',
    session_id: 7,
    starts_at: '2026-11-28T15:00:00Z',
  };
  const body = { code: 'place_taken', detail: 'Место занято до 19:00.', conflict };
  expect((await problemOf(answer(409, body))).conflict).toEqual(conflict);
  expect((await problemOf(answer(409, { code: 'stale', detail: 'Изменилось.' }))).conflict).toBeNull();
});
