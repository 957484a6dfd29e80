import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { isDay } from '@/shared/crm/day';
import { METHODS } from '@/shared/crm/methods';

export const STATUSES = ['completed', 'pending', 'failed', 'cancelled'] as const;
export const KINDS = ['payment', 'refund'] as const;

/** A value of the address that makes no sense is left out, not an error. */
function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const day = v.pipe(v.string(), v.check(isDay));

/** What the address of the payments says; the names are those of the API. */
export const paymentsSearch = v.object({
  from_day: kept(day),
  to_day: kept(day),
  client_id: kept(id),
  kind: kept(v.picklist(KINDS)),
  status: kept(v.picklist(STATUSES)),
  method: kept(v.picklist(METHODS)),
  service_id: kept(id),
  staff_id: kept(id),
  number: kept(v.pipe(v.string(), v.maxLength(255))),
  /** The window that takes a payment is open. */
  take: kept(v.boolean()),
});

export type Filter = Omit<v.InferOutput<typeof paymentsSearch>, 'take'>;

const route = getRouteApi('/_app/payments');

/** The filter that the address says, and how to set another. */
export function useFilter() {
  const { take, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    filter: filter as Filter,
    narrowed: Object.values(filter).filter((value) => value !== undefined).length,
    taking: take === true,
    set: (change: Filter) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    clear: () => void navigate({ search: {} }),
    take: (open: boolean) =>
      void navigate({ search: (before) => ({ ...before, take: open || undefined }), replace: true }),
  };
}
