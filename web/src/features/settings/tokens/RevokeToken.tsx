import { useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

/** A revoked token never works again, so it is asked. */
export function RevokeToken({ token, onClose }: { token: Schemas['Token'] | null; onClose: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const revoke = api.useMutation('delete', '/api/tokens/{id}', {
    onSuccess: () => tell(t('token.revoked_now')),
    onSettled: () => {
      onClose();
      return refresh(client, '/api/tokens');
    },
  });
  return (
    <Confirm
      opened={token !== null}
      title={t('token.revoke_named', { name: token?.name })}
      action={t('token.revoke')}
      busy={revoke.isPending}
      onClose={onClose}
      onConfirm={() => token && revoke.mutate({ params: { path: { id: token.id } } })}
    >
      {t('token.revoke_about')}
    </Confirm>
  );
}
