import type { Schemas } from '@/shared/api/client';

export type Dialog = Schemas['Page_Dialog']['items'][number];
type DialogPage = Schemas['Page_Dialog'];

/** Whether `one` stands above `other` in the list: newest first. Times are RFC 3339 in UTC, which sort as text. */
const above = (one: Dialog, other: Dialog) =>
  one.last_message_at > other.last_message_at ||
  (one.last_message_at === other.last_message_at && one.contact_id > other.contact_id);

/**
 * Puts a fresh first page on top of what was loaded, so that a list of tens of thousands of dialogs is never loaded anew.
 * What the fresh page covers is as the fresh page says: who left the tab is gone; below it, the rest stays.
 */
export function withFreshHead(pages: readonly DialogPage[], fresh: DialogPage): DialogPage[] {
  const last = fresh.items.at(-1);
  if (!fresh.next_cursor || !last) return [fresh];
  const inFresh = new Set(fresh.items.map((one) => one.contact_id));
  const rest = pages.map((page) => ({
    ...page,
    total: fresh.total,
    items: page.items.filter((one) => !inFresh.has(one.contact_id) && above(last, one)),
  }));
  const [first, ...others] = rest;
  if (!first) return [fresh];
  return [{ ...first, items: [...fresh.items, ...first.items] }, ...others];
}

/** The same list with one dialog as it is now. */
export function withDialog(
  pages: readonly DialogPage[],
  dialog: Partial<Dialog> & { contact_id: number },
): DialogPage[] {
  return pages.map((page) => ({
    ...page,
    items: page.items.map((one) => (one.contact_id === dialog.contact_id ? { ...one, ...dialog } : one)),
  }));
}
