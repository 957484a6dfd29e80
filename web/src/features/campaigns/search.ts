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

/** What the address of the wizard says: the step, and a campaign to copy or a tag to begin with. */
export const wizardSearch = v.object({
  step: v.fallback(v.optional(v.picklist(STEPS)), undefined),
  copy: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  tag: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(100))), undefined),
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
