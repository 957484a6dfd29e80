import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

/** The parts of the settings, each with its address. */
export const PARTS = ['telegram', 'ai', 'policy', 'tokens', 'audit', 'about'] as const;
export type Part = (typeof PARTS)[number];

/** What the address says: which part is open. */
export const settingsSearch = v.object({ part: v.fallback(v.optional(v.picklist(PARTS)), undefined) });

export const route = getRouteApi('/_app/settings');
