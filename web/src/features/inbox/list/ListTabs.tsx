import { Group, UnstyledButton } from '@mantine/core';
import { api } from '@/shared/api/client';
import { count } from '@/shared/format';
import { TABS, useInbox } from '../search';
import { useText } from '../texts';
import classes from './ListTabs.module.css';

/** The tabs of the list with how many dialogs are in each. */
export function ListTabs() {
  const t = useText();
  const { tab = 'all', search, show } = useInbox();
  const counts = api.useQuery('get', '/api/dialogs/counts', { params: { query: search ? { search } : {} } });
  return (
    <Group gap={6} px="sm" py="xs" role="group" aria-label={t('list.tabs')}>
      {TABS.map((one) => (
        <UnstyledButton
          key={one}
          className={classes.tab}
          aria-pressed={one === tab}
          onClick={() => show({ tab: one === 'all' ? undefined : one })}
        >
          {t(`tab.${one}`)}
          {counts.data && <span className={classes.count}>{count(counts.data[one])}</span>}
        </UnstyledButton>
      ))}
    </Group>
  );
}
