import type { Schemas } from '@/shared/api/client';

/** What is being planned: all that the wizard's steps fill in. */
export interface Plan {
  name: string;
  productId: number | null;
  segment: Schemas['Segment'];
  /** People picked one by one; none: those whom the segment finds. */
  contactIds: number[];
  /** Own texts; none: each person's is written from the profile and the product. */
  templates: string[];
  approval: Schemas['Approval'];
  batchSize: number;
  /** Seconds between two messages; null: the pace Alfa thinks safe. */
  delaySeconds: number | null;
  followUps: Schemas['FollowUp'][];
  /** When it starts, RFC 3339; null: at once. */
  scheduledAt: string | null;
}

export const EMPTY_PLAN: Plan = {
  name: '',
  productId: null,
  segment: {},
  contactIds: [],
  templates: [],
  approval: 'manual',
  batchSize: 10,
  delaySeconds: null,
  followUps: [],
  scheduledAt: null,
};

/** The API's limits, said before they are met. */
export const MAX_TEMPLATES = 5;
export const MAX_FOLLOW_UPS = 2;

/** A segment without what was left empty. */
export function filled(segment: Schemas['Segment']): Schemas['Segment'] {
  return Object.fromEntries(
    Object.entries(segment).filter(([, value]) => value !== '' && value !== null && value !== undefined),
  );
}

/** Whom a plan is for, as every question about it says. */
export function people(plan: Plan): Pick<Schemas['CampaignInput'], 'segment' | 'contact_ids'> {
  return plan.contactIds.length > 0 ? { contact_ids: plan.contactIds } : { segment: filled(plan.segment) };
}

/** The plan as the API takes it. */
export function toInput(plan: Plan): Schemas['CampaignInput'] {
  const templates = plan.templates.map((one) => one.trim()).filter(Boolean);
  return {
    name: plan.name.trim(),
    product_id: plan.productId,
    ...people(plan),
    approval: plan.approval,
    batch_size: plan.batchSize,
    ...(plan.delaySeconds !== null && { delay_between_messages: plan.delaySeconds }),
    ...(templates.length > 0 && { message_template: templates }),
    ...(plan.followUps.length > 0 && { follow_ups: plan.followUps }),
    ...(plan.scheduledAt && { scheduled_at: plan.scheduledAt }),
  };
}

/** A new plan like a campaign that was. */
export function likeCampaign(campaign: Schemas['Campaign'], name: string): Plan {
  return {
    ...EMPTY_PLAN,
    name,
    productId: campaign.product_id ?? null,
    templates: campaign.message_templates,
    approval: campaign.approval,
    batchSize: campaign.batch_size,
    delaySeconds: campaign.delay_between_messages ?? null,
    followUps: campaign.follow_ups,
  };
}

/** The first step that is not filled in yet, or null when the plan can be carried out. */
export function missing(plan: Plan): 'product' | 'message' | null {
  if (plan.name.trim() === '' || plan.productId === null) return 'product';
  if (plan.templates.some((one) => one.trim() === '')) return 'message';
  return null;
}
