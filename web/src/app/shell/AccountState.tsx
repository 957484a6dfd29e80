import { Group, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { useText } from '../texts';
import classes from './Shell.module.css';

/** How our Telegram account is: a dot and words. The one that needs somebody is shown first. */
export function AccountState() {
  const t = useText();
  const accounts = api.useQuery('get', '/api/accounts');
  if (!accounts.data) return null;
  const { items } = accounts.data;
  const shown = items.find((account) => account.state !== 'ready') ?? items[0];
  return (
    <Group gap="xs" wrap="nowrap" px={10} title={shown?.state_text ?? undefined}>
      <span className={classes.dot} data-state={shown?.state ?? 'logged_out'} aria-hidden />
      <Text size="xs" c="dimmed">
        {shown ? t(`account.${shown.state}`) : t('account.none')}
      </Text>
    </Group>
  );
}
