import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

export const CONSENTS = [
  'operator_attested',
  'wrote_first',
  'existing_client',
  'opt_in_form',
  'none',
] as const;
export const SOURCES = ['upload', 'manual', 'group', 'inbound'] as const;
export const STAGES = [
  'new',
  'contacted',
  'replied',
  'interested',
  'offered',
  'applied',
  'won',
  'lost',
  'opted_out',
] as const;
/** For how many days nobody wrote in the dialog. */
export const QUIET_DAYS = ['7', '30', '90'] as const;
export const STATUSES = ['active', 'inactive', 'no_telegram'] as const;

/** A filter of the address: a value that makes no sense is left out, not an error. */
function filter<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** What the address of the list says. */
export const contactsSearch = v.object({
  search: filter(v.pipe(v.string(), v.maxLength(200))),
  tag: filter(v.pipe(v.string(), v.maxLength(64))),
  consent: filter(v.picklist(CONSENTS)),
  source: filter(v.picklist(SOURCES)),
  status: filter(v.picklist(STATUSES)),
  stage: filter(v.picklist(STAGES)),
  quiet_days: filter(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
  group_id: filter(v.pipe(v.number(), v.integer(), v.minValue(1))),
  opted_out: filter(v.boolean()),
  create: filter(v.boolean()),
});

/** Which contacts are shown; the names are those of the API, but for `quiet_days`, which stays true tomorrow. */
export type Filter = Omit<v.InferOutput<typeof contactsSearch>, 'create'>;

const DAY_MS = 86_400_000;

/** The filter as the API takes it. The day begins at midnight UTC, so that the same filter is the same question all day. */
export function forApi({ quiet_days, search, tag, ...rest }: Filter, now = Date.now()) {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  return {
    ...rest,
    ...(search && { search }),
    ...(tag && { tag }),
    ...(quiet_days && { not_contacted_since: new Date(midnight - quiet_days * DAY_MS).toISOString() }),
  };
}

/** Where the contacts that a filter finds are downloaded from. */
export function exportAddress(filter: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(forApi(filter)))
    if (value !== undefined) query.set(name, String(value));
  return `/api/contacts/export?${query}`;
}

const route = getRouteApi('/_app/contacts/');

/** Most contacts that an address may name one by one. */
export const MOST_IDS = 400;

/** The file of these contacts. */
export const exportOf = (ids: readonly number[]): string => `/api/contacts/export?ids=${ids.join(',')}`;

/** The filter that the address says, and how to set another. */
export function useFilter() {
  const { create, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    filter: filter as Filter,
    creating: create === true,
    set: (change: Filter) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    replace: (next: Filter) => void navigate({ search: next }),
    create: (open: boolean) =>
      void navigate({ search: (before) => ({ ...before, create: open || undefined }), replace: true }),
  };
}

/** How many filters narrow the list. */
export function narrowedBy(filter: Filter): number {
  return Object.values(filter).filter((value) => value !== undefined && value !== '').length;
}
