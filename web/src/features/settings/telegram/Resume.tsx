import { Button } from '@mantine/core';
import { api, idempotency, newKey } from '@/shared/api/client';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { useAccountSettled } from './useAccountAction';

/** New dialogs go on after Telegram's restriction: only an operator may say so. */
export function Resume({ account }: { account: Account }) {
  const t = useText();
  const onSettled = useAccountSettled();
  const resume = api.useMutation('post', '/api/accounts/{id}/resume', { onSettled });
  return (
    <Button
      loading={resume.isPending}
      onClick={() => resume.mutate({ params: { path: { id: account.id }, header: idempotency(newKey()) } })}
    >
      {t('account.resume')}
    </Button>
  );
}
