import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import type { paths } from '@/shared/api/schema.gen';
import { plusDays } from '@/shared/crm/clock';

/** The ways to look at the list; without one, all of them are shown. */
export const SHOWN = ['active', 'ending', 'frozen', 'ended', 'owed', 'cancelled'] as const;
export type Shown = (typeof SHOWN)[number];

/** A subscription that ends this soon is to be sold anew. */
export const ENDING_DAYS = 7;

/** A value of the address that makes no sense is left out, not an error. */
function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}
const id = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the address of the list says. */
export const subscriptionsSearch = v.object({
  show: kept(v.picklist(SHOWN)),
  client_id: kept(id),
  service_id: kept(id),
  number: kept(v.pipe(v.string(), v.maxLength(255))),
});

export type SubscriptionsSearch = v.InferOutput<typeof subscriptionsSearch>;
type Query = NonNullable<paths['/api/subscriptions']['get']['parameters']['query']>;

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

const route = getRouteApi('/_app/clients/subscriptions');

/** The filter that the address says, and how to set another. */
export function useSubscriptionsFilter() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    search,
    narrowed: Object.values(search).filter((value) => value !== undefined).length,
    set: (change: SubscriptionsSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    clear: () => void navigate({ search: {} }),
  };
}
