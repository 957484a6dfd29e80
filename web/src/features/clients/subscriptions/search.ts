import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

/** The ways to look at the list; without one, all of them are shown. */
export const SHOWN = ['active', 'ending', 'frozen', 'used_up', 'ended', 'owed', 'cancelled'] as const;
export type Shown = (typeof SHOWN)[number];

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
