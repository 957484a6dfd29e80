import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { isDay } from '@/shared/crm/day';

export const STATUSES = ['new', 'active', 'former'] as const;
/** Days without a visit that one filters by. */
export const INACTIVE_DAYS = [14, 30, 60, 90, 180] as const;

/** A value of the address that makes no sense is left out, not an error. */
function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}
const day = v.pipe(v.string(), v.check(isDay));
const word = v.pipe(v.string(), v.maxLength(200));

/** What the address of the list says; the names are those of the API. */
export const clientsSearch = v.object({
  search: kept(word),
  status: kept(v.picklist(STATUSES)),
  direction: kept(v.pipe(v.string(), v.maxLength(64))),
  source: kept(word),
  tag: kept(v.pipe(v.string(), v.maxLength(64))),
  inactive_days: kept(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36500))),
  created_from: kept(day),
  created_to: kept(day),
  birthday_from: kept(day),
  birthday_to: kept(day),
  opted_out: kept(v.boolean()),
  debtors: kept(v.boolean()),
  create: kept(v.boolean()),
});

export type Filter = Omit<v.InferOutput<typeof clientsSearch>, 'create'>;

const route = getRouteApi('/_app/clients/');

/** The filter that the address says, and how to set another. */
export function useFilter() {
  const { create, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    filter: filter as Filter,
    narrowed: Object.values(filter).filter((value) => value !== undefined).length,
    creating: create === true,
    set: (change: Filter) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    clear: () => void navigate({ search: {} }),
    create: (open: boolean) =>
      void navigate({ search: (before) => ({ ...before, create: open || undefined }), replace: true }),
  };
}
