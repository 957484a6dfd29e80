import { expect, it } from 'vitest';
import { type Dialog, withDialog, withFreshHead } from './merge';

const dialog = (contact_id: number, minute: number): Dialog =>
  ({
    contact_id,
    last_message_at: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
    unread: 0,
  }) as Dialog;
const page = (items: Dialog[], next_cursor: string | null) => ({ items, next_cursor, total: 9 });
const ids = (pages: { items: Dialog[] }[]) =>
  pages.flatMap(({ items }) => items.map((one) => one.contact_id));

const loaded = [
  page([dialog(5, 50), dialog(4, 40), dialog(3, 30)], 'a'),
  page([dialog(2, 20), dialog(1, 10)], 'b'),
];

it('moves a dialog that was far below to the top, once', () => {
  const merged = withFreshHead(loaded, page([dialog(1, 59), dialog(5, 50), dialog(4, 40)], 'x'));
  expect(ids(merged)).toEqual([1, 5, 4, 3, 2]);
  expect(merged.at(-1)?.next_cursor).toBe('b');
});

it('drops who left the tab and keeps what is below the fresh page', () => {
  expect(ids(withFreshHead(loaded, page([dialog(5, 50), dialog(3, 30), dialog(2, 20)], 'x')))).toEqual([
    5, 3, 2, 1,
  ]);
});

it('takes a whole list as it is', () => {
  expect(ids(withFreshHead(loaded, page([dialog(3, 30)], null)))).toEqual([3]);
  expect(ids(withFreshHead(loaded, page([], null)))).toEqual([]);
});

it('changes one dialog in its place', () => {
  const changed = withDialog(loaded, { contact_id: 2, unread: 7 });
  expect(ids(changed)).toEqual(ids(loaded));
  expect(changed[1]?.items[0]?.unread).toBe(7);
});
