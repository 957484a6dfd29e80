import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { REPLY_CLASSES } from '@/shared/knowledge/replyClasses';
import { KINDS } from './blocks/blockValues';

/** The parts of the page, each with its address. */
export const PARTS = ['products', 'objections', 'blocks', 'try', 'file', 'versions'] as const;
export type Part = (typeof PARTS)[number];

/** What the address says: which part is open, and which of its texts. */
export const knowledgeSearch = v.object({
  part: v.fallback(v.optional(v.picklist(PARTS)), undefined),
  kind: v.fallback(v.optional(v.picklist(KINDS)), undefined),
  class: v.fallback(v.optional(v.picklist(REPLY_CLASSES)), undefined),
});

const route = getRouteApi('/_app/knowledge');

/** Which part is shown, and how to show another. */
export function useKnowledge() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    ...search,
    show: (change: Partial<v.InferOutput<typeof knowledgeSearch>>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    open: (part: Part) => void navigate({ search: { part } }),
  };
}
