import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconUserHeart } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DataTableColumn } from 'mantine-datatable';
import { api } from '@/shared/api/client';
import { type Client, useDirections } from '@/shared/crm/business';
import { shortDay } from '@/shared/crm/clock';
import { FileMenu } from '@/shared/crm/FileMenu';
import { ClientState } from '@/shared/crm/Statuses';
import { phone, shortMoment } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { DataTable } from '@/shared/ui/DataTable';
import { useKeys } from '@/shared/ui/keys';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, NothingFits } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { NewClient } from './form/NewClient';
import { Filters } from './list/Filters';
import { Lists } from './list/Lists';
import { useFilter } from './search';
import { text, useText } from './texts';

/** The clients, by filter. */
export function ClientsPage() {
  const t = useText();
  const { filter, creating, create } = useFilter();
  useKeys([{ press: 'n', label: t('new'), run: () => create(true) }]);
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <FileMenu table="clients" filter={filter} />
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create(true)}>
              {t('new')}
            </Button>
          </>
        }
      />
      <Lists current="clients" />
      <Filters />
      <List />
      {creating && <NewClient onClose={() => create(false)} />}
    </Page>
  );
}

function List() {
  const navigate = useNavigate();
  const { filter, narrowed } = useFilter();
  const { nameOf } = useDirections();
  const paging = usePaging(JSON.stringify(filter), '-created_at');
  const query = api.useQuery(
    'get',
    '/api/clients',
    { params: { query: { ...filter, limit: paging.limit, cursor: paging.cursor, sort: paging.sort } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <DataTable<Client>
      columns={columns(nameOf)}
      query={query}
      idOf={(row) => row.id}
      nameOf={(row) => row.name}
      paging={paging}
      onOpen={(row) =>
        void navigate({ to: '/clients/$id', params: { id: row.id }, state: { clients: filter } })
      }
      card={(row) => <Card client={row} direction={nameOf(row.direction)} />}
      empty={<Nobody filtered={narrowed > 0} />}
    />
  );
}

function Name({ client }: { client: Client }) {
  const shared = useShared();
  const { filter } = useFilter();
  return (
    <TextLink
      to="/clients/$id"
      params={{ id: client.id }}
      state={{ clients: filter }}
      fw={600}
      size="sm"
      style={{ overflowWrap: 'anywhere' }}
      onClick={(event) => event.stopPropagation()}
    >
      {client.name || shared('state.unknown_name')}
    </TextLink>
  );
}

function columns(directionOf: (code: string | null | undefined) => string): DataTableColumn<Client>[] {
  return [
    {
      accessor: 'name',
      title: text('column.name'),
      sortable: true,
      width: 185,
      render: (row) => <Name client={row} />,
    },
    {
      accessor: 'phone',
      title: text('column.phone'),
      noWrap: true,
      render: (row) => (row.phone ? phone(row.phone) : row.username ? `@${row.username}` : ''),
    },
    {
      accessor: 'status',
      title: text('column.status'),
      render: (row) => <ClientState status={row.status} />,
    },
    { accessor: 'direction', title: text('column.direction'), render: (row) => directionOf(row.direction) },
    { accessor: 'source', title: text('column.source'), ellipsis: true, width: 120 },
    { accessor: 'visits', title: text('column.visits'), textAlign: 'right' },
    {
      accessor: 'last_visit',
      title: text('column.last_visit'),
      sortable: true,
      noWrap: true,
      render: (row) => (row.last_visit_on ? shortDay(row.last_visit_on) : ''),
    },
    {
      accessor: 'created_at',
      title: text('column.created_at'),
      sortable: true,
      noWrap: true,
      render: (row) => shortMoment(row.created_at),
    },
  ];
}

function Card({ client, direction }: { client: Client; direction: string }) {
  const t = useText();
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Name client={client} />
        <ClientState status={client.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {[
          client.phone && phone(client.phone),
          direction,
          client.last_visit_on && t('last_visit', { day: shortDay(client.last_visit_on) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Stack>
  );
}

function Nobody({ filtered }: { filtered: boolean }) {
  const t = useText();
  const { clear, create } = useFilter();
  if (filtered) return <NothingFits title={t('nobody.filtered')} onClear={clear} />;
  return (
    <Empty
      icon={IconUserHeart}
      title={t('nobody.title')}
      action={<Button onClick={() => create(true)}>{t('new')}</Button>}
    >
      {t('nobody.about')}
    </Empty>
  );
}
