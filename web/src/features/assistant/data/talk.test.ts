import { beforeEach, expect, it } from 'vitest';
import { historyOf, keepTalk, readTalk, type Turn } from './talk';

const said = (id: number): Turn => ({ id: String(id), role: id % 2 ? 'assistant' : 'user', text: `t${id}` });

beforeEach(() => localStorage.clear());

it('is kept for each person apart, and only its newest part', () => {
  keepTalk(
    'anna',
    Array.from({ length: 100 }, (_, id) => said(id)),
  );
  expect(readTalk('anna')).toHaveLength(60);
  expect(readTalk('anna').at(-1)?.text).toBe('t99');
  expect(readTalk('boris')).toEqual([]);
  keepTalk('anna', []);
  expect(readTalk('anna')).toEqual([]);
});

it('is nothing when the browser has kept nonsense', () => {
  localStorage.setItem('alfa.assistant.anna', '{"a":');
  expect(readTalk('anna')).toEqual([]);
  localStorage.setItem('alfa.assistant.anna', '[{"role":"system"}]');
  expect(readTalk('anna')).toEqual([]);
});

it('goes with the next question without what failed', () => {
  const turns = [said(0), { ...said(1), problem: 'no answer' }, said(2), said(3)];
  expect(historyOf(turns)).toEqual([
    { role: 'user', content: 't0' },
    { role: 'user', content: 't2' },
    { role: 'assistant', content: 't3' },
  ]);
});
