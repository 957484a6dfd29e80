import { Button, Group } from '@mantine/core';
import { IconMessageCode, IconQrcode } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { api, idempotency, newKey } from '@/shared/api/client';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { CodeStep } from './CodeStep';
import { PasswordStep } from './PasswordStep';
import { useAccountSettled } from './useAccountAction';

const QrStep = lazy(() => import('./QrStep'));

/** The step of the login that the account waits for; nothing when it waits for none. */
export function Login({ account }: { account: Account }) {
  switch (account.state) {
    case 'logged_out':
      return <Begin account={account} />;
    case 'code_needed':
      return <CodeStep account={account} />;
    case 'password_needed':
      return <PasswordStep account={account} />;
    default:
      return null;
  }
}

function Begin({ account }: { account: Account }) {
  const t = useText();
  const [byQr, setByQr] = useState(false);
  const onSettled = useAccountSettled();
  const request = api.useMutation('post', '/api/accounts/{id}/request-code', { onSettled });
  return (
    <>
      <Group gap="xs">
        <Button
          leftSection={<IconMessageCode size={16} aria-hidden />}
          loading={request.isPending}
          onClick={() =>
            request.mutate({ params: { path: { id: account.id }, header: idempotency(newKey()) } })
          }
        >
          {t('login.by_code')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconQrcode size={16} aria-hidden />}
          aria-expanded={byQr}
          onClick={() => setByQr(!byQr)}
        >
          {t('login.by_qr')}
        </Button>
      </Group>
      {byQr && (
        <Suspense fallback={null}>
          <QrStep account={account} />
        </Suspense>
      )}
    </>
  );
}
