import { useQueryClient } from '@tanstack/react-query';
import { api, idempotency, newKey } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { tell, tellUndoable } from '@/shared/ui/notify';
import { useText } from '../texts';
import type { Dialog } from './merge';
import { usePatchDialog } from './useDialogs';

/** What an operator does with a dialog as a whole. */
export interface DialogActions {
  takeOver: () => void;
  handBack: () => void;
  close: () => void;
  reopen: () => void;
  busy: boolean;
}

/** Takes a dialog over, hands it back to the AI, closes and reopens it; each can be taken back. */
export function useDialogActions(contactId: number): DialogActions {
  const t = useText();
  const client = useQueryClient();
  const patch = usePatchDialog();
  const onSuccess = async (dialog: Dialog) => {
    patch(dialog);
    await refresh(client, '/api/dialogs/{contact_id}', '/api/dialogs/counts');
  };
  const takeOver = api.useMutation('post', '/api/dialogs/{contact_id}/take-over', { onSuccess });
  const handBack = api.useMutation('post', '/api/dialogs/{contact_id}/hand-back', { onSuccess });
  const close = api.useMutation('post', '/api/dialogs/{contact_id}/close', { onSuccess });
  const reopen = api.useMutation('post', '/api/dialogs/{contact_id}/reopen', { onSuccess });
  const params = () => ({ params: { path: { contact_id: contactId }, header: idempotency(newKey()) } });
  return {
    takeOver: () =>
      takeOver.mutate(params(), {
        onSuccess: () =>
          tellUndoable({ message: t('done.taken_over'), undo: () => handBack.mutate(params()) }),
      }),
    handBack: () =>
      handBack.mutate(params(), {
        onSuccess: () =>
          tellUndoable({ message: t('done.handed_back'), undo: () => takeOver.mutate(params()) }),
      }),
    close: () =>
      close.mutate(params(), {
        onSuccess: () => tellUndoable({ message: t('done.closed'), undo: () => reopen.mutate(params()) }),
      }),
    reopen: () => reopen.mutate(params(), { onSuccess: () => tell(t('done.reopened')) }),
    busy: takeOver.isPending || handBack.isPending || close.isPending || reopen.isPending,
  };
}
