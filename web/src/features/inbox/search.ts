import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

/** The tabs of the dialog list. */
export const TABS = ['all', 'unread', 'human', 'ai', 'closed'] as const;
export type Tab = (typeof TABS)[number];

/** What the address of the inbox says. A value that makes no sense is left out, not an error. */
export const inboxSearch = v.object({
  tab: v.fallback(v.optional(v.picklist(TABS)), undefined),
  contact: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  search: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(100))), undefined),
});

const route = getRouteApi('/_app/inbox');

/** Which tab, which search and whose chat are shown, and how to show others. */
export function useInbox() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    ...search,
    show: (change: Partial<v.InferOutput<typeof inboxSearch>>, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace }),
  };
}
