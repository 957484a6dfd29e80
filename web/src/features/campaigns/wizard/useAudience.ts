import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { http } from '@/shared/api/client';
import { type Plan, people } from './plan';

/** A filter that is being typed is not asked about at each letter. */
const TYPING_MS = 300;
/** Drafts shown before a campaign is made. */
const SAMPLES = 3;

/** How many people a plan is for, and why some of them may not be written to. A question, though it is a POST. */
export function useAudience(plan: Plan) {
  const [asked] = useDebouncedValue(people(plan), TYPING_MS);
  return useQuery({
    queryKey: ['post', '/api/campaigns/audience', asked],
    queryFn: async ({ signal }) => {
      const { data } = await http.POST('/api/campaigns/audience', { body: asked, signal });
      return data as NonNullable<typeof data>;
    },
    placeholderData: keepPreviousData,
  });
}

/** When a campaign would end at a pace. */
export function useForecast(plan: Plan) {
  const [asked] = useDebouncedValue(
    {
      ...people(plan),
      batch_size: plan.batchSize,
      delay_between_messages: plan.delaySeconds,
      ...(plan.scheduledAt && { scheduled_at: plan.scheduledAt }),
    },
    TYPING_MS,
  );
  return useQuery({
    queryKey: ['post', '/api/campaigns/forecast', asked],
    queryFn: async ({ signal }) => {
      const { data } = await http.POST('/api/campaigns/forecast', { body: asked, signal });
      return data as NonNullable<typeof data>;
    },
    placeholderData: keepPreviousData,
  });
}

/** What the first few people would be sent. Asked for by a button: a provider may be slow and cost money. */
export function useSamples(plan: Plan) {
  const templates = plan.templates.map((one) => one.trim()).filter(Boolean);
  const body = {
    product_id: plan.productId,
    ...people(plan),
    limit: SAMPLES,
    ...(templates.length > 0 && { message_template: templates }),
  };
  return useQuery({
    queryKey: ['post', '/api/campaigns/preview', body],
    queryFn: async ({ signal }) => {
      const { data } = await http.POST('/api/campaigns/preview', { body, signal });
      return data as NonNullable<typeof data>;
    },
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
