import { Box, Text } from '@mantine/core';
import { IconArrowLeft, IconUsersGroup } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api, type Schemas } from '@/shared/api/client';
import { count, moment } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { DataTable } from '@/shared/ui/DataTable';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Panel } from '@/shared/ui/Panel';
import { Empty, Loaded } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import type { Group } from './GroupsPage';
import { ReadMembers } from './ReadMembers';
import { text, useText } from './texts';
import { WhatNext } from './WhatNext';

type Member = Schemas['GroupMember'];

/** An account is in a few hundred groups at most; the API has no single one. */
const ALL_GROUPS = 500;

/** One group: who is in it, and reading that anew. */
export function GroupPage({ id }: { id: number }) {
  const t = useText();
  const shared = useShared();
  const groups = api.useQuery('get', '/api/groups', { params: { query: { limit: ALL_GROUPS } } });
  return (
    <Page>
      <Loaded query={groups}>
        {({ items }) => {
          const group = items.find((one) => one.id === id);
          if (group) return <Content group={group} />;
          return (
            <Empty
              icon={IconUsersGroup}
              title={shared('error.not_found')}
              action={<ButtonLink to="/groups">{t('title')}</ButtonLink>}
            >
              {shared('error.not_found_about')}
            </Empty>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Content({ group }: { group: Group }) {
  const t = useText();
  return (
    <>
      <PageHeader
        title={group.title}
        about={[
          t(`kind.${group.kind}`),
          t('members', { count: group.members_count, shown: count(group.members_count) }),
          group.username && `@${group.username}`,
        ]
          .filter(Boolean)
          .join(' · ')}
        above={
          <Box mb={4}>
            <TextLink to="/groups" size="sm">
              <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('title')}
            </TextLink>
          </Box>
        }
      />
      <ReadMembers group={group} />
      {group.parsed_at && <WhatNext key={group.parsed_at} groupId={group.id} />}
      <Members groupId={group.id} />
    </>
  );
}

function Members({ groupId }: { groupId: number }) {
  const t = useText();
  const paging = usePaging(String(groupId));
  const query = api.useQuery(
    'get',
    '/api/groups/{id}/members',
    { params: { path: { id: groupId }, query: { limit: paging.limit, cursor: paging.cursor } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Panel title={t('members_title')} mt="md">
      <DataTable<Member>
        columns={columns()}
        query={query}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        paging={paging}
        card={(row) => (
          <>
            <Name member={row} />
            <Text size="xs" c="dimmed">
              {row.username ? `@${row.username}` : ''}
            </Text>
          </>
        )}
        empty={
          <Text size="sm" c="dimmed">
            {t('no_members')}
          </Text>
        }
      />
    </Panel>
  );
}

function Name({ member }: { member: Member }) {
  const shared = useShared();
  const name = member.name || shared('state.unknown_name');
  if (!member.contact_id) return <Text size="sm">{name}</Text>;
  return (
    <TextLink to="/contacts/$id" params={{ id: member.contact_id }} fw={600} size="sm">
      {name}
    </TextLink>
  );
}

function columns(): DataTableColumn<Member>[] {
  return [
    { accessor: 'name', title: text('column.name'), render: (row) => <Name member={row} /> },
    {
      accessor: 'username',
      title: text('column.username'),
      render: (row) => (row.username ? `@${row.username}` : ''),
    },
    { accessor: 'seen_at', title: text('column.seen'), render: (row) => moment(row.seen_at) },
  ];
}
