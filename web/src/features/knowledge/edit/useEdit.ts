import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, http, idempotency, newKey } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { tell, tellUndoable } from '@/shared/ui/notify';

/** A part of the base and the version in which it was read, so that nobody's change is overwritten unseen. */
export interface Read<T> {
  value: T;
  /** The version as `If-Match` wants it. */
  version: string;
}

/** An answer of the API with the version that its `ETag` names. */
export function versioned<T>({ data, response }: { data?: T; response: Response }): Read<T> {
  if (data === undefined) throw new Error('an answer without a body');
  return { value: data, version: response.headers.get('ETag') ?? '*' };
}

/** Reads a part of the base for a form: once, as it is now. */
export function useRead<T>(name: string, read: () => Promise<Read<T>>) {
  return useQuery({
    queryKey: ['knowledge-edit', name],
    queryFn: read,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** The header that refuses a change when somebody else's came first. */
export function ifMatch(version: string) {
  return { 'If-Match': version };
}

/** After a change: everything is asked again, and the change can be taken back by the version before it. */
export function useSaved() {
  const client = useQueryClient();
  const fresh = () => refresh(client, '/api/knowledge*');
  const restore = api.useMutation('post', '/api/knowledge/versions/{id}/restore', { onSettled: fresh });
  return async (message: string, version: string) => {
    const [{ data }] = await Promise.all([
      http.GET('/api/knowledge/versions', { params: { query: { limit: 1 } } }),
      fresh(),
    ]);
    const made = data?.items[0];
    const before = made?.parent_id;
    // What changed nothing made no version, and the one before is not its own.
    if (!made || !before || `"${made.id}"` === version) return tell(message);
    tellUndoable({
      message,
      undo: () =>
        restore.mutate({
          params: {
            path: { id: before },
            header: { ...idempotency(newKey()), ...ifMatch(`"${made.id}"`) },
          },
        }),
    });
  };
}
