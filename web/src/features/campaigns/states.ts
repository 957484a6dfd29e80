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
    delete: state === 'draft',
    cancel: state === 'scheduled' || state === 'running' || state === 'paused',
  };
}
