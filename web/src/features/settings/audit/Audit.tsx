import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api, type Schemas } from '@/shared/api/client';
import { moment } from '@/shared/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { text, useText } from '../texts';

type Entry = Schemas['AuditEntry'];

/** Who did what, the newest first. */
export function Audit() {
  const t = useText();
  const paging = usePaging('audit');
  const query = api.useQuery(
    'get',
    '/api/audit',
    { params: { query: { limit: paging.limit, cursor: paging.cursor } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <DataTable<Entry>
      columns={columns()}
      query={query}
      idOf={(row) => row.id}
      nameOf={(row) => row.action}
      paging={paging}
      card={(row) => <Card entry={row} />}
      empty={
        <Empty icon={IconHistory} title={t('audit.none')}>
          {t('audit.about')}
        </Empty>
      }
    />
  );
}

function columns(): DataTableColumn<Entry>[] {
  return [
    {
      accessor: 'created_at',
      title: text('audit.at'),
      noWrap: true,
      render: (row) => moment(row.created_at),
    },
    { accessor: 'actor', title: text('audit.actor') },
    { accessor: 'action', title: text('audit.action') },
    { accessor: 'subject', title: text('audit.subject') },
    { accessor: 'detail', title: text('audit.detail') },
  ];
}

function Card({ entry }: { entry: Entry }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {entry.action}
        {' · '}
        {entry.subject}
      </Text>
      <Text size="xs" c="dimmed">
        {moment(entry.created_at)}
        {' · '}
        {entry.actor}
      </Text>
      {entry.detail && <Text size="sm">{entry.detail}</Text>}
    </>
  );
}
