import { Button, Group as Row, Text } from '@mantine/core';
import { IconRefresh, IconUsersGroup } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DataTableColumn } from 'mantine-datatable';
import { api, http, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { count, moment } from '@/shared/format';
import { DataTable } from '@/shared/ui/DataTable';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { text, useText } from './texts';

export type Group = Schemas['Group'];

/** Groups and channels that our Telegram account is in. */
export function GroupsPage() {
  const t = useText();
  const navigate = useNavigate();
  const paging = usePaging('groups');
  const query = api.useQuery(
    'get',
    '/api/groups',
    { params: { query: { limit: paging.limit, cursor: paging.cursor } } },
    { placeholderData: keepPreviousData },
  );
  const ask = useAskTelegram();
  const button = (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={ask.isPending}
      onClick={() => ask.mutate()}
    >
      {t('refresh')}
    </Button>
  );
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={button} />
      <DataTable<Group>
        columns={columns()}
        query={query}
        idOf={(row) => row.id}
        nameOf={(row) => row.title}
        paging={paging}
        onOpen={(row) => void navigate({ to: '/groups/$id', params: { id: row.id } })}
        card={(row) => <Card group={row} />}
        empty={
          <Empty icon={IconUsersGroup} title={t('none')} action={button}>
            {t('none_about')}
          </Empty>
        }
      />
    </Page>
  );
}

/** Has the server ask Telegram which groups there are now. */
function useAskTelegram() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.GET('/api/groups', { params: { query: { refresh: true, limit: 1 } } }),
    onSuccess: () => refresh(client, '/api/groups*'),
  });
}

function Name({ group }: { group: Group }) {
  return (
    <TextLink
      to="/groups/$id"
      params={{ id: group.id }}
      fw={600}
      size="sm"
      onClick={(event) => event.stopPropagation()}
    >
      {group.title}
    </TextLink>
  );
}

function columns(): DataTableColumn<Group>[] {
  return [
    { accessor: 'title', title: text('column.title'), render: (row) => <Name group={row} /> },
    { accessor: 'kind', title: text('column.kind'), render: (row) => text(`kind.${row.kind}`) },
    {
      accessor: 'members_count',
      title: text('column.members'),
      textAlign: 'right',
      render: (row) => count(row.members_count),
    },
    {
      accessor: 'parsed_at',
      title: text('column.parsed'),
      render: (row) => (row.parsed_at ? moment(row.parsed_at) : text('never')),
    },
  ];
}

function Card({ group }: { group: Group }) {
  const t = useText();
  return (
    <>
      <Row justify="space-between" wrap="nowrap" align="flex-start">
        <Name group={group} />
        <Text size="xs" c="dimmed">
          {t(`kind.${group.kind}`)}
        </Text>
      </Row>
      <Text size="sm" c="dimmed">
        {t('members', { count: group.members_count, shown: count(group.members_count) })}
        {' · '}
        {group.parsed_at ? t('parsed_at', { at: moment(group.parsed_at) }) : t('never')}
      </Text>
    </>
  );
}
