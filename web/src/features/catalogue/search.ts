import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

export const PARTS = ['services', 'staff', 'places', 'directions'] as const;
export type Part = (typeof PARTS)[number];

/** What the address says: the part, and whether what is no longer offered is shown as well. */
export const catalogueSearch = v.object({
  part: v.fallback(v.optional(v.picklist(PARTS)), undefined),
  all: v.fallback(v.optional(v.boolean()), undefined),
});

export const route = getRouteApi('/_app/catalogue');
