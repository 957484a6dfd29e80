import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

/** The parts of the page, each with its address. */
export const PARTS = ['products', 'try', 'file', 'versions'] as const;
export type Part = (typeof PARTS)[number];

/** What the address says: which part is open. */
export const knowledgeSearch = v.object({ part: v.fallback(v.optional(v.picklist(PARTS)), undefined) });

export const route = getRouteApi('/_app/knowledge');
