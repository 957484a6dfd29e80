import { useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { refresh } from '../api/keys';

/** Changes some of a contact's properties; the others stay. */
export function useContactChange(contactId: number) {
  const client = useQueryClient();
  const change = api.useMutation('put', '/api/contacts/{id}', {
    onSettled: () => refresh(client, '/api/contacts', '/api/contacts/{id}'),
  });
  return {
    change: (body: Schemas['ContactChange'], done?: () => void) =>
      change.mutate({ params: { path: { id: contactId } }, body }, { onSuccess: done }),
    busy: change.isPending,
  };
}
