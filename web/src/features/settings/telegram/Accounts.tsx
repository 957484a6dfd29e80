import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconBrandTelegram, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { fromNow, moment } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { Empty, Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { AddAccount } from './AddAccount';
import { Login } from './Login';
import { LogOut } from './LogOut';
import { Resume } from './Resume';

export type Account = Schemas['Account'];

const COLORS: Record<Account['state'], string> = {
  ready: 'teal',
  connecting: 'blue',
  logged_out: 'gray',
  code_needed: 'yellow',
  password_needed: 'yellow',
  flood_wait: 'orange',
  restricted: 'red',
};

/** The Telegram accounts that we write from: how each is, why, and what to do about it. */
export function Accounts() {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const accounts = api.useQuery('get', '/api/accounts');
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('account.add')}
    </Button>
  );
  return (
    <>
      <Loaded query={accounts} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconBrandTelegram} title={t('account.none')} action={add}>
              {t('account.none_about')}
            </Empty>
          ) : (
            <Stack gap="md" align="stretch">
              {items.map((account) => (
                <AccountPanel key={account.id} account={account} />
              ))}
              <Group>{add}</Group>
            </Stack>
          )
        }
      </Loaded>
      {adding && <AddAccount onClose={() => setAdding(false)} />}
    </>
  );
}

function AccountPanel({ account }: { account: Account }) {
  const t = useText();
  return (
    <Panel
      title={
        <Group gap="sm">
          {account.label}
          <Badge variant="default" tt="none" color={COLORS[account.state]}>
            {t(`account_state.${account.state}`)}
          </Badge>
          {account.environment === 'sandbox' && (
            <Badge variant="default" tt="none">
              {t('account.sandbox')}
            </Badge>
          )}
        </Group>
      }
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {[
            account.phone,
            account.username && `@${account.username}`,
            t('account.since', { at: moment(account.updated_at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Text size="sm">{account.state_text ?? t(`account_about.${account.state}`)}</Text>
        {account.state_until && (
          <Text size="sm">
            {t('account.until', { at: moment(account.state_until), left: fromNow(account.state_until) })}
          </Text>
        )}
        <Login account={account} />
        {account.state === 'restricted' && <Resume account={account} />}
        {(account.state === 'ready' || account.state === 'restricted' || account.state === 'flood_wait') && (
          <LogOut account={account} />
        )}
      </Stack>
    </Panel>
  );
}
