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
    /** `done` is called also when the component is gone by then; a refusal is told by itself. */
    change: (body: Schemas['ContactChange'], done?: () => void) =>
      void change.mutateAsync({ params: { path: { id: contactId } }, body }).then(done, () => {}),
    busy: change.isPending,
  };
}
