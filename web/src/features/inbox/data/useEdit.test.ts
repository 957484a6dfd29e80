import { expect, it } from 'vitest';
import { isEditable, lastEditable } from './useEdit';
import type { Message } from './useHistory';

const NOW = new Date('2026-11-28T12:00:00Z');
const message = (change: Partial<Message>) =>
  ({
    id: 1,
    direction: 'out',
    state: 'read',
    text: 'x',
    sent_at: '2026-11-28T10:00:00Z',
    deleted_at: null,
    ...change,
  }) as Message;

it('lets our own words be changed for two days', () => {
  expect(isEditable(message({}), NOW)).toBe(true);
  expect(isEditable(message({ state: 'queued' }), NOW)).toBe(true);
  expect(isEditable(message({ sent_at: '2026-11-26T11:59:00Z' }), NOW)).toBe(false);
  expect(isEditable(message({ direction: 'in' }), NOW)).toBe(false);
  expect(isEditable(message({ state: 'failed' }), NOW)).toBe(false);
  expect(isEditable(message({ deleted_at: '2026-11-28T11:00:00Z' }), NOW)).toBe(false);
});

it('takes the newest of ours, and no older one in its place', () => {
  const old = message({ id: 1 });
  const theirs = message({ id: 3, direction: 'in' });
  expect(lastEditable([old, message({ id: 2 }), theirs], NOW)?.id).toBe(2);
  expect(lastEditable([old, message({ id: 2, state: 'failed' }), theirs], NOW)).toBeNull();
  expect(lastEditable([theirs], NOW)).toBeNull();
});
