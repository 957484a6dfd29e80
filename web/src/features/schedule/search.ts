import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { isDay } from '@/shared/crm/day';

export const VIEWS = ['week', 'day'] as const;
export const KINDS = ['staff', 'place'] as const;

/** A value of the address that makes no sense is left out, not an error. */
function kept<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}
const id = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the address of the schedule says. */
export const scheduleSearch = v.object({
  view: kept(v.picklist(VIEWS)),
  by: kept(v.picklist(KINDS)),
  day: kept(v.pipe(v.string(), v.check(isDay))),
  /** Of one trainer or place only. */
  only: kept(id),
  /** The session or the booking of a place whose panel is open. */
  session: kept(id),
  booking: kept(id),
});

export type ScheduleSearch = v.InferOutput<typeof scheduleSearch>;
export type By = (typeof KINDS)[number];

const route = getRouteApi('/_app/schedule');

/** Where the schedule is, and how to go elsewhere. */
export function useWhere() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    view: search.view ?? 'week',
    by: search.by ?? 'staff',
    day: search.day,
    only: search.only,
    session: search.session,
    booking: search.booking,
    go: (change: ScheduleSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  } as const;
}
