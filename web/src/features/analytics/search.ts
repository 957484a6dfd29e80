import { getRouteApi } from '@tanstack/react-router';
import * as v from 'valibot';
import { api } from '@/shared/api/client';
import { type Days, dayIn, daysOf, PRESETS } from './period';

/** What the figures are told apart by. */
export const BY = ['campaign', 'product', 'variant', 'hour'] as const;

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);
const id = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);

/** What the address says: which days, of what, told apart by what. A value that makes no sense is left out, not an error. */
export const analyticsSearch = v.object({
  days: v.fallback(v.optional(v.picklist(PRESETS)), undefined),
  from: day,
  to: day,
  campaign: id,
  product: id,
  by: v.fallback(v.optional(v.picklist(BY)), undefined),
});
type Search = v.InferOutput<typeof analyticsSearch>;

const route = getRouteApi('/_app/analytics');

/** Which figures are shown, and how to show others. */
export function useAnalytics() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    ...search,
    show: (change: Partial<Search>) => void navigate({ search: (before) => ({ ...before, ...change }) }),
  };
}

/** What is asked of the server. */
export interface Scope extends Days {
  campaign_id?: number;
  product_id?: number;
}

/** The days and campaigns of the address; null until it is known which day the business has. */
export function useScope(): { scope: Scope | null; today: string | null; error: unknown; retry: () => void } {
  const { campaign, product, ...chosen } = useAnalytics();
  const about = api.useQuery('get', '/api/system');
  const retry = () => void about.refetch();
  if (!about.data) return { scope: null, today: null, error: about.error, retry };
  const today = dayIn(about.data.time_zone, new Date());
  const scope = {
    ...daysOf(chosen, today),
    ...(campaign && { campaign_id: campaign }),
    ...(product && { product_id: product }),
  };
  return { scope, today, error: null, retry };
}
