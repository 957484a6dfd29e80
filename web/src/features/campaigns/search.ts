import * as v from 'valibot';

/** States of a campaign, in the order of its life. */
export const STATES = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'completed',
  'cancelled',
  'failed',
] as const;

/** What the address of the list says. A value that makes no sense is left out, not an error. */
export const campaignsSearch = v.object({
  status: v.fallback(v.optional(v.picklist(STATES)), undefined),
});
