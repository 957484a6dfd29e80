import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import type { Draft } from './drafts';

/** Sends a message once, whatever is clicked; `sending` is what waits for the server's word. */
export function useSend(contactId: number, onFailed: (draft: Draft) => void) {
  const client = useQueryClient();
  const [sending, setSending] = useState<Draft | null>(null);
  const send = api.useMutation('post', '/api/messages/send', {
    onSettled: async () => {
      await refresh(client, '/api/messages/history', '/api/dialogs/{contact_id}', '/api/dialogs/counts');
      setSending(null);
    },
  });
  return {
    sending,
    send: (draft: Draft) => {
      if (sending) return;
      setSending(draft);
      send.mutate(
        {
          params: { header: idempotency(draft.key) },
          body: { contact_id: contactId, text: draft.text.trim() },
        },
        { onError: () => onFailed(draft) },
      );
    },
  };
}
