import type { Query, QueryClient } from '@tanstack/react-query';

/** The path of the API that a query asks, as the client keys it (method, path, parameters). */
export function pathOf(query: Query): string | null {
  const [method, path] = query.queryKey;
  return method === 'get' && typeof path === 'string' ? path : null;
}

/** The parameters of a query's path. */
export function paramsOf(query: Query): Record<string, unknown> {
  const init = query.queryKey[2] as
    | { params?: { path?: Record<string, unknown>; query?: Record<string, unknown> } }
    | undefined;
  return { ...init?.params?.path, ...init?.params?.query };
}

/** Has everything asked again that comes from one of these paths (or from below one that ends with `*`). */
export function refresh(client: QueryClient, ...paths: string[]): Promise<void> {
  const fits = (path: string) =>
    paths.some((wanted) => (wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted));
  return client.invalidateQueries({
    predicate: (query) => {
      const path = pathOf(query);
      return path !== null && fits(path);
    },
  });
}
