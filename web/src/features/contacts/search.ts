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
  group_id: filter(v.pipe(v.number(), v.integer(), v.minValue(1))),
  opted_out: filter(v.boolean()),
  create: filter(v.boolean()),
});

/** Which contacts are shown; the names are those of the API. */
export type Filter = Omit<v.InferOutput<typeof contactsSearch>, 'create'>;

const route = getRouteApi('/_app/contacts/');

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
