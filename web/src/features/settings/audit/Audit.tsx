import { Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api } from '@/shared/api/client';
import { useBusiness } from '@/shared/crm/business';
import { moment } from '@/shared/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty, NothingFits } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { text, useText } from '../texts';
import { detailLines } from './detail';
import { actorWords, did, type Entry } from './entry';
import { Filters } from './Filters';
import { Subject } from './Subject';
import { useAuditFilter } from './useAuditFilter';

/** Who did what, the newest first. */
export function Audit() {
  const { filter, narrowed } = useAuditFilter();
  const { kind, ...rest } = filter;
  const paging = usePaging(JSON.stringify(filter));
  const query = api.useQuery(
    'get',
    '/api/audit',
    { params: { query: { ...rest, action: kind, limit: paging.limit, cursor: paging.cursor } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <>
      <Filters seen={query.data?.items.map(({ actor }) => actor) ?? []} />
      <DataTable<Entry>
        columns={columns()}
        query={query}
        idOf={(row) => row.id}
        nameOf={(row) => did(row.action)}
        paging={paging}
        card={(row) => <Card entry={row} />}
        empty={<Nothing filtered={narrowed > 0} />}
      />
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const t = useText();
  const { clear } = useAuditFilter();
  if (filtered) return <NothingFits title={t('audit.filtered')} onClear={clear} />;
  return (
    <Empty icon={IconHistory} title={t('audit.none')}>
      {t('audit.about')}
    </Empty>
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
    { accessor: 'actor', title: text('audit.actor'), render: (row) => actorWords(row.actor) },
    { accessor: 'action', title: text('audit.action'), render: (row) => did(row.action) },
    { accessor: 'subject', title: text('audit.subject'), render: (row) => <Subject entry={row} /> },
    { accessor: 'detail', title: text('audit.detail'), render: (row) => <Detail entry={row} /> },
  ];
}

function Detail({ entry }: { entry: Entry }) {
  const { currency } = useBusiness();
  return detailLines(entry, currency).map((line) => (
    <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
      {line}
    </Text>
  ));
}

function Card({ entry }: { entry: Entry }) {
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm" fw={600}>
        {did(entry.action)}
      </Text>
      <Subject entry={entry} />
      <Detail entry={entry} />
      <Text size="xs" c="dimmed">
        {moment(entry.created_at)}
        {' · '}
        {actorWords(entry.actor)}
      </Text>
    </Stack>
  );
}
