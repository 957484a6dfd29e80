import type { Schemas } from '../api/client';

/** What a reply may mean, in the order in which people ask of it; `opt_out` is decided by rule. */
export const REPLY_CLASSES = [
  'interest',
  'question',
  'price_rate',
  'already_have',
  'no_need',
  'think_later',
  'no_trust',
  'bad_experience',
  'ask_consultant',
  'fear_of_debt',
  'who_are_you',
  'opt_out',
  'other',
] as const satisfies readonly Schemas['ReplyClass'][];
