import type { paths } from '@/shared/api/schema.gen';
import { plusDays } from '@/shared/crm/clock';
import type { Shown, SubscriptionsSearch } from './search';

type Query = NonNullable<paths['/api/subscriptions']['get']['parameters']['query']>;

/** A subscription that ends this soon is to be sold anew. */
export const ENDING_DAYS = 7;

/** What the API is asked for; `today` is the business's day. */
export function queryOf({ show, ...rest }: SubscriptionsSearch, today: string): Query {
  return { ...rest, ...(show && asked(show, today)) };
}

function asked(show: Shown, today: string): Query {
  switch (show) {
    case 'active':
      return { active_on: today };
    case 'ending':
      return { status: 'active', ends_from: today, ends_to: plusDays(today, ENDING_DAYS) };
    case 'frozen':
      return { status: 'active', frozen_on: today };
    case 'used_up':
      return { used_up: true };
    case 'ended':
      return { status: 'active', ends_to: plusDays(today, -1) };
    case 'owed':
      return { owed: true };
    case 'cancelled':
      return { status: 'cancelled' };
  }
}

/** The order in which a list is read: what ends next stands first, what is over with the last one first. */
export function orderOf(show: Shown | undefined): string {
  return show === 'active' || show === 'ending' || show === 'frozen' ? 'ends_on' : '-ends_on';
}
