import type { Schemas } from '@/shared/api/client';

export type CampaignState = Schemas['CampaignState'];
export type Campaign = Schemas['Page_Campaign']['items'][number];

/** How far a campaign got with one person. */
export const CONTACT_STATES = ['pending', 'queued', 'sent', 'failed', 'skipped', 'cancelled'] as const;

/** The colour of a state, strong enough for white text. */
export const COLOURS: Record<CampaignState, string> = {
  draft: 'gray.7',
  scheduled: 'grape.8',
  running: 'teal.9',
  paused: 'orange.9',
  completed: 'ink.8',
  cancelled: 'gray.7',
  failed: 'red.9',
};

/** What can be done with a campaign in a state. */
export function mayDo(state: CampaignState) {
  return {
    start: state === 'draft',
    pause: state === 'running' || state === 'scheduled',
    resume: state === 'paused',
    cancel: state === 'draft' || state === 'scheduled' || state === 'running' || state === 'paused',
  };
}

/** Drafts appear without an event of their own; while some are being written, they are asked for this often. */
const DRAFTS_POLL_MS = 2_000;

/** How often to ask for a campaign's drafts; false when no more are coming. */
export function draftsPollMs(campaign: Pick<Campaign, 'approval' | 'status' | 'progress'>): number | false {
  const { pending, queued, drafts } = campaign.progress;
  const coming = campaign.status === 'running' && pending + queued > drafts;
  return campaign.approval === 'manual' && coming ? DRAFTS_POLL_MS : false;
}
