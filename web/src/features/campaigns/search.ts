import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { CONTACT_STATES } from './states';

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

/** The parts of a campaign's page. */
export const PARTS = ['results', 'people', 'drafts'] as const;

/** What the address of the list says. A value that makes no sense is left out, not an error. */
export const campaignsSearch = v.object({
  status: v.fallback(v.optional(v.picklist(STATES)), undefined),
});

/** The steps of the wizard. */
export const STEPS = ['product', 'people', 'message', 'pace', 'start'] as const;

export const CONSENTS = [
  'operator_attested',
  'wrote_first',
  'existing_client',
  'opt_in_form',
  'none',
] as const;
export const STAGES = [
  'new',
  'contacted',
  'replied',
  'interested',
  'offered',
  'applied',
  'won',
  'lost',
] as const;
export const SOURCES = ['upload', 'manual', 'group', 'inbound'] as const;
const STATUSES = ['active', 'inactive', 'no_telegram'] as const;

function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** People by what they are, as the API names it. */
const segment = v.object({
  search: kept(v.pipe(v.string(), v.maxLength(200))),
  tag: kept(v.pipe(v.string(), v.maxLength(64))),
  consent: kept(v.picklist(CONSENTS)),
  stage: kept(v.picklist([...STAGES, 'opted_out'])),
  source: kept(v.picklist(SOURCES)),
  status: kept(v.picklist(STATUSES)),
  group_id: kept(v.pipe(v.number(), v.integer(), v.minValue(1))),
  opted_out: kept(v.boolean()),
  not_contacted_since: kept(v.pipe(v.string(), v.isoTimestamp())),
});

/**
 * What the address of the wizard says: the step, and what to begin with: a campaign to copy, a filter of people, or
 * (`chosen`) those whom the person picked one by one.
 */
export const wizardSearch = v.object({
  step: v.fallback(v.optional(v.picklist(STEPS)), undefined),
  copy: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  segment: kept(segment),
  chosen: kept(v.boolean()),
});

/** What the address of a campaign says: the part shown, and which of its people. */
export const campaignSearch = v.object({
  part: v.fallback(v.optional(v.picklist(PARTS)), undefined),
  state: v.fallback(v.optional(v.picklist(CONTACT_STATES)), undefined),
  reason: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(64))), undefined),
  variant: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined),
});

export const listRoute = getRouteApi('/_app/campaigns/');
export const wizardRoute = getRouteApi('/_app/campaigns/new');
export const campaignRoute = getRouteApi('/_app/campaigns/$id');
