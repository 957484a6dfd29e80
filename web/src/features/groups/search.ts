import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';

/** What the address of a group says: the job that reads its members, so that a reload still shows it. */
export const groupSearch = v.object({
  job: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
});

export const groupRoute = getRouteApi('/_app/groups/$id');
