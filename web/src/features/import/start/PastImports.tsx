import { Badge, Group, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api, type Schemas } from '@/shared/api/client';
import { count, moment } from '@/shared/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Panel } from '@/shared/ui/Panel';
import { usePaging } from '@/shared/ui/usePaging';
import { useImport } from '../search';
import { text, useText } from '../texts';

type Import = Schemas['Import'];

const COLORS = { running: 'blue', done: 'teal', failed: 'red', undone: 'gray' } as const;

/** Files that were uploaded or checked before. */
export function PastImports() {
  const t = useText();
  const { look } = useImport();
  const paging = usePaging('imports', '-id');
  const query = api.useQuery(
    'get',
    '/api/imports',
    { params: { query: { limit: paging.limit, cursor: paging.cursor, sort: paging.sort } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Panel title={t('past.title')}>
      <DataTable<Import>
        columns={columns()}
        query={query}
        idOf={(row) => row.id}
        nameOf={(row) => row.file_name}
        paging={paging}
        onOpen={(row) => look({ id: row.id })}
        card={(row) => <Card row={row} />}
        empty={
          <Text size="sm" c="dimmed">
            {t('past.empty')}
          </Text>
        }
      />
    </Panel>
  );
}

/** How an upload went, in a word. */
export function ImportState({ row }: { row: Import }) {
  const t = useText();
  return (
    <Group gap={4} wrap="nowrap">
      <Badge variant="default" color={COLORS[row.state]}>
        {t(`state.${row.state}`)}
      </Badge>
      {row.dry_run && <Badge variant="default">{t('past.checked')}</Badge>}
    </Group>
  );
}

function Open({ row }: { row: Import }) {
  const { look } = useImport();
  return (
    <Text
      component="button"
      type="button"
      size="sm"
      fw={600}
      c="var(--mantine-color-anchor)"
      bg="none"
      bd="none"
      p={0}
      ta="start"
      style={{ cursor: 'pointer', overflowWrap: 'anywhere' }}
      onClick={(event) => {
        event.stopPropagation();
        look({ id: row.id });
      }}
    >
      {row.file_name}
    </Text>
  );
}

function columns(): DataTableColumn<Import>[] {
  const number = (accessor: 'total' | 'created' | 'updated' | 'errors') => ({
    accessor,
    title: text(`column.${accessor}`),
    textAlign: 'right' as const,
    render: (row: Import) => count(row[accessor]),
  });
  return [
    { accessor: 'file_name', title: text('column.file'), render: (row) => <Open row={row} /> },
    {
      accessor: 'created_at',
      title: text('column.when'),
      noWrap: true,
      render: (row) => moment(row.created_at),
    },
    { accessor: 'state', title: text('column.state'), render: (row) => <ImportState row={row} /> },
    number('total'),
    number('created'),
    number('updated'),
    number('errors'),
  ];
}

function Card({ row }: { row: Import }) {
  const t = useText();
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Open row={row} />
        <ImportState row={row} />
      </Group>
      <Text size="xs" c="dimmed">
        {moment(row.created_at)}
        {' · '}
        {t('past.short', {
          created: count(row.created),
          updated: count(row.updated),
          errors: count(row.errors),
        })}
      </Text>
    </>
  );
}
