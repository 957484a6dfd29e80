import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { Problem, passes } from './problem';
import type { components, paths } from './schema.gen';
import { apiFetch } from './session';

/** The API's types by the names of its document. */
export type Schemas = components['schemas'];

/** Calls outside of components. A refusal is thrown as a `Problem`. */
export const http = createFetchClient<paths>({ baseUrl: window.location.origin, fetch: apiFetch });

/** The API as queries and mutations of TanStack Query. */
export const api = createClient(http);

/** Tries of a query whose failure may pass. */
const MAX_RETRIES = 2;
/** Data younger than this is shown without asking again; the live stream says what changed meanwhile. */
const FRESH_MS = 30_000;

/** Makes the cache of everything that came from the server. */
export function createQueryClient(onMutationError: (error: unknown) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache(),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (!mutation.meta?.quiet) onMutationError(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < MAX_RETRIES && passes(error),
        retryDelay: (count) => 500 * 2 ** count,
        // A lost server is seen by the live stream, which also knows the loopback address that `navigator.onLine` does not.
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** How `api.useInfiniteQuery` walks every list of the API. */
export const BY_CURSOR = {
  pageParamName: 'cursor',
  // Not undefined, for which the client would put a number.
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next_cursor?: string | null }) => last.next_cursor ?? undefined,
} as const;

/** The header that makes a repeated request do its work once. Keep one per intent, not per try. */
export function idempotency(key: string) {
  return { 'Idempotency-Key': key };
}

/** A new key for something the person means to do once. */
export function newKey(): string {
  // `crypto.randomUUID` is missing on plain http beyond this machine.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The key of an intent for its next try. A refusal ended it: what is changed then is another. Without an answer nobody
 * knows whether it was done, so that the next try has the same key and does it once.
 */
export function keyAfter(key: string, error: unknown): string {
  return error instanceof Problem && error.status === 0 ? key : newKey();
}
