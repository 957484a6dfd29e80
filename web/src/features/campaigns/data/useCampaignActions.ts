import { useQueryClient } from '@tanstack/react-query';
import { api, idempotency, newKey } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { tell, tellUndoable } from '@/shared/ui/notify';
import type { CampaignState } from '../states';
import { useText } from '../texts';
import { hide } from './gone';

/** Starts, pauses, resumes, cancels and deletes a campaign. */
export function useCampaignActions(id: number, state: CampaignState) {
  const t = useText();
  const client = useQueryClient();
  const onSettled = () => refresh(client, '/api/campaigns*');
  const start = api.useMutation('post', '/api/campaigns/{id}/initiate-dialogs', { onSettled });
  const pause = api.useMutation('post', '/api/campaigns/{id}/pause', { onSettled });
  const resume = api.useMutation('post', '/api/campaigns/{id}/resume', { onSettled });
  const cancel = api.useMutation('post', '/api/campaigns/{id}/cancel', { onSettled });
  const remove = api.useMutation('delete', '/api/campaigns/{id}', {
    onSettled: async () => {
      await onSettled();
      hide(id, false);
    },
  });
  const params = () => ({ params: { path: { id }, header: idempotency(newKey()) } });
  const takeUp = () => resume.mutate(params());
  return {
    start: () => start.mutate({ ...params(), body: {} }, { onSuccess: () => tell(t('done.started')) }),
    pause: () =>
      pause.mutate(params(), { onSuccess: () => tellUndoable({ message: t('done.paused'), undo: takeUp }) }),
    resume: () => resume.mutate(params(), { onSuccess: () => tell(t('done.resumed')) }),
    /**
     * A cancelled campaign is over for good. So it is only paused at first, and cancelled when the time to take it back
     * has passed; should the browser be closed meanwhile, it stays paused.
     */
    cancel: () => {
      const later = () => cancel.mutate(params());
      if (state !== 'running') {
        tellUndoable({ message: t('done.cancelled'), undo: () => {}, later });
        return;
      }
      pause.mutate(params(), {
        onSuccess: () => tellUndoable({ message: t('done.cancelled'), undo: takeUp, later }),
      });
    },
    /** A draft that never ran is deleted when the time to take it back has passed; until then it is only hidden. */
    remove: () => {
      hide(id, true);
      tellUndoable({
        message: t('done.deleted'),
        undo: () => hide(id, false),
        later: () => remove.mutate({ params: { path: { id } } }),
      });
    },
    busy: start.isPending || pause.isPending || resume.isPending || cancel.isPending,
  };
}
