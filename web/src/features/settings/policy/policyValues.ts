import type { Schemas } from '@/shared/api/client';

export type Policy = Schemas['PolicyView'];
export type PolicyChange = Schemas['PolicyChange'];

/** The rules that are whole or fractional numbers. */
export const NUMBERS = [
  'daily_new_dialogs',
  'recently_contacted_hours',
  'pause_seconds_min',
  'pause_seconds_max',
  'settle_seconds',
  'max_unanswered',
] as const;

/** The rules as their form holds them: a time that is not set is an empty input. */
export function valuesOf(policy: Policy) {
  return {
    daily_new_dialogs: policy.daily_new_dialogs as number | string,
    recently_contacted_hours: policy.recently_contacted_hours as number | string,
    pause_seconds_min: policy.pause_seconds_min as number | string,
    pause_seconds_max: policy.pause_seconds_max as number | string,
    settle_seconds: policy.settle_seconds as number | string,
    max_unanswered: policy.max_unanswered as number | string,
    quiet_from: policy.quiet_from ?? '',
    quiet_to: policy.quiet_to ?? '',
    approval: policy.approval,
  };
}
export type PolicyValues = ReturnType<typeof valuesOf>;

/** The end of the quiet hours that is missing while the other is there. */
export function missingEnd({ quiet_from, quiet_to }: PolicyValues): 'quiet_from' | 'quiet_to' | null {
  if (Boolean(quiet_from) === Boolean(quiet_to)) return null;
  return quiet_from ? 'quiet_to' : 'quiet_from';
}

/** What differs between two states of the form, as it is sent. The quiet hours go together: one end alone means nothing. */
export function changeOf(before: PolicyValues, after: PolicyValues): PolicyChange {
  const change: PolicyChange = {};
  for (const key of NUMBERS) if (before[key] !== after[key]) change[key] = Number(after[key]);
  if (before.quiet_from !== after.quiet_from || before.quiet_to !== after.quiet_to) {
    change.quiet_from = after.quiet_from || null;
    change.quiet_to = after.quiet_to || null;
  }
  if (before.approval !== after.approval) change.approval = after.approval;
  return change;
}
