import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

const id = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);

/** What the address says: which upload is looked at, by which job it runs, and whether a campaign waits for it. */
export const importSearch = v.object({
  id,
  job: id,
  campaign: v.fallback(v.optional(v.boolean()), undefined),
});

const route = getRouteApi('/_app/import');

/** The upload that the address names, and how to look at another (or, without an id, to begin one). */
export function useImport() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    ...search,
    look: (at: { id: number; job?: number } | null) =>
      void navigate({ search: (before) => ({ campaign: before.campaign, id: at?.id, job: at?.job }) }),
  };
}
