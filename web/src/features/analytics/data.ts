import { keepPreviousData } from '@tanstack/react-query';
import { api, type Schemas } from '@/shared/api/client';
import type { Scope } from './search';

export type Part = Schemas['Figures_PartFigures']['items'][number];
export type Moment = Schemas['Figures_TimeFigures']['items'][number];

/** Figures of other days stand until the new ones are there. */
const KEEP = { placeholderData: keepPreviousData };

/** Where the people stand now. */
export function useFunnel(scope: Scope) {
  return api.useQuery('get', '/api/analytics/funnel', { params: { query: scope } }, KEEP);
}

/** What happened, by day or by hour of the day. */
export function useCourse(scope: Scope, by: 'day' | 'hour') {
  return api.useQuery('get', '/api/analytics/timeline', { params: { query: { ...scope, by } } }, KEEP);
}

/** What each campaign, product or variant brought. */
export function useParts(scope: Scope, by: 'campaign' | 'product' | 'variant') {
  return api.useQuery('get', '/api/analytics/breakdown', { params: { query: { ...scope, by } } }, KEEP);
}

/** What people answered. */
export function useReplies(scope: Scope) {
  return api.useQuery('get', '/api/analytics/replies', { params: { query: scope } }, KEEP);
}

/** What the AI providers were used for; theirs are no campaign's figures. */
export function useAiUse({ from, to }: Scope) {
  return api.useQuery('get', '/api/analytics/ai', { params: { query: { from, to } } }, KEEP);
}

const SUMMED = ['sent', 'delivered', 'read', 'replied', 'applied', 'won', 'opted_out'] as const;
export type Sums = Record<(typeof SUMMED)[number], number>;

/** All parts together. */
export function sums(parts: readonly Part[]): Sums {
  const of = (key: keyof Sums) => parts.reduce((total, part) => total + part[key], 0);
  return Object.fromEntries(SUMMED.map((key) => [key, of(key)])) as Sums;
}
