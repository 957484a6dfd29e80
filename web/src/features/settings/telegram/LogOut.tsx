import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, idempotency, newKey } from '@/shared/api/client';
import { Confirm } from '@/shared/ui/Confirm';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { useAccountSettled } from './useAccountAction';

/** Ends the session; a new login needs a code, so it is asked. */
export function LogOut({ account }: { account: Account }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const settled = useAccountSettled();
  const logOut = api.useMutation('post', '/api/accounts/{id}/logout', {
    onSettled: () => {
      setAsking(false);
      return settled();
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {t('log_out.button')}
      </Button>
      <Confirm
        opened={asking}
        title={t('log_out.title', { label: account.label })}
        action={t('log_out.button')}
        busy={logOut.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          logOut.mutate({ params: { path: { id: account.id }, header: idempotency(newKey()) } })
        }
      >
        {t('log_out.about')}
      </Confirm>
    </>
  );
}
