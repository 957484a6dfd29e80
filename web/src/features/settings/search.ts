import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { isDay } from '@/shared/crm/day';

/** The parts of the settings, each with its address. */
export const PARTS = ['telegram', 'ai', 'policy', 'tokens', 'audit', 'about'] as const;
export type Part = (typeof PARTS)[number];

/** What the audit log can be looked through by: the kinds of things that are changed. */
export const AUDIT_KINDS = [
  'client',
  'session',
  'booking',
  'waiting',
  'payment',
  'subscription',
  'service',
  'staff',
  'place',
  'direction',
  'contact',
  'contacts',
  'consent',
  'campaign',
  'message',
  'knowledge',
  'policy',
  'token',
  'user',
] as const;

/** A value of the address that makes no sense is left out, not an error. */
function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}
const day = v.pipe(v.string(), v.check(isDay));

/** What the address says: which part is open, and what of the audit log is shown. */
export const settingsSearch = v.object({
  part: kept(v.picklist(PARTS)),
  actor: kept(v.pipe(v.string(), v.maxLength(255))),
  kind: kept(v.picklist(AUDIT_KINDS)),
  from_day: kept(day),
  to_day: kept(day),
});

export const route = getRouteApi('/_app/settings');
