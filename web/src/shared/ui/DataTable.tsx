import { ActionIcon, Box, Button, Checkbox, CloseButton, Group, Paper, Select, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type DataTableColumn, type DataTableSortStatus, DataTable as Table } from 'mantine-datatable';
import type { ReactNode } from 'react';
import { count } from '../format';
import { useText } from '../i18n';
import { Empty, Failed, RowsLoading } from './states';
import 'mantine-datatable/styles.layer.css';
import { IconSearchOff } from '@tabler/icons-react';
import type { Paging } from './usePaging';
import { usePhone } from './usePhone';
import type { Selection } from './useSelection';

const PAGE_SIZES = ['25', '50', '100', '200'];

interface Props<T> {
  columns: DataTableColumn<T>[];
  /** The page of rows, as every list of the API answers. */
  query: {
    data: { items: T[]; total: number; next_cursor?: string | null } | undefined;
    error: unknown;
    isFetching: boolean;
    refetch: () => unknown;
  };
  idOf: (row: T) => number;
  nameOf: (row: T) => string;
  paging: Paging;
  selection?: Selection;
  /** What can be done with the selection. */
  bulk?: ReactNode;
  onOpen?: (row: T) => void;
  /** How a row looks on a phone, where a table does not fit. */
  card?: (row: T) => ReactNode;
  /** Shown instead of the table when there is nothing at all. */
  empty?: ReactNode;
}

/** A table of rows that stay on the server: pages by cursor, sorting, selection of rows or of all that the filter finds. */
export function DataTable<T extends object>(props: Props<T>) {
  const t = useText();
  const phone = usePhone();
  const { query, paging } = props;
  if (query.error && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <RowsLoading />;
  const { items, total, next_cursor } = query.data;
  if (items.length === 0 && paging.isFirst) {
    return props.empty ?? <Empty icon={IconSearchOff} title={t('table.nothing')} />;
  }
  return (
    <Box>
      {props.selection && <SelectionBar selection={props.selection} total={total} bulk={props.bulk} />}
      {phone && props.card ? <Cards {...props} items={items} /> : <Rows {...props} items={items} />}
      <Pager paging={paging} shown={items.length} total={total} next={next_cursor ?? null} />
    </Box>
  );
}

function Rows<T extends object>(props: Props<T> & { items: T[] }) {
  const t = useText();
  const { items, idOf, selection, paging, onOpen } = props;
  const sortStatus = paging.sort
    ? {
        columnAccessor: paging.sort.replace(/^-/, ''),
        direction: paging.sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
      }
    : undefined;
  // The table's type is a union by its features (sorting, selection), which a conditional spread cannot follow.
  const features = {
    ...(sortStatus && {
      sortStatus,
      onSortStatusChange: (next: DataTableSortStatus<T>) =>
        paging.setSort(`${next.direction === 'desc' ? '-' : ''}${String(next.columnAccessor)}`),
    }),
    ...(selection && {
      selectedRecords: items.filter((row) => selection.has(idOf(row))),
      onSelectedRecordsChange: (rows: T[]) => selection.setOnPage(items.map(idOf), rows.map(idOf)),
      allRecordsSelectionCheckboxProps: { 'aria-label': t('table.select_page') },
      getRecordSelectionCheckboxProps: (row: T) => ({
        'aria-label': t('table.select_row', { name: props.nameOf(row) }),
      }),
    }),
  } as object;
  return (
    <Table<T>
      records={items}
      columns={props.columns}
      idAccessor={(row: T) => idOf(row)}
      fetching={props.query.isFetching}
      noRecordsText={t('table.nothing')}
      minHeight={90}
      withTableBorder
      borderRadius="md"
      highlightOnHover
      verticalSpacing="xs"
      horizontalSpacing="xs"
      onRowClick={onOpen ? ({ record }) => onOpen(record) : undefined}
      {...features}
    />
  );
}

function Cards<T extends object>({ items, idOf, nameOf, card, selection }: Props<T> & { items: T[] }) {
  const t = useText();
  const page = items.map(idOf);
  const chosen = page.filter((id) => selection?.has(id));
  const toggle = (id: number) =>
    selection?.setOnPage(page, chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      {selection && (
        <Checkbox
          mb="xs"
          ml="sm"
          label={t('table.select_page')}
          checked={chosen.length === page.length}
          indeterminate={chosen.length > 0 && chosen.length < page.length}
          onChange={() => selection.setOnPage(page, chosen.length === page.length ? [] : page)}
        />
      )}
      <Box component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((row) => (
          <Paper component="li" key={idOf(row)} withBorder p="sm" mb="xs">
            {selection ? (
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <Checkbox
                  aria-label={t('table.select_row', { name: nameOf(row) })}
                  checked={selection.has(idOf(row))}
                  onChange={() => toggle(idOf(row))}
                />
                <Box style={{ flex: 1, minWidth: 0 }}>{card?.(row)}</Box>
              </Group>
            ) : (
              card?.(row)
            )}
          </Paper>
        ))}
      </Box>
    </>
  );
}

function SelectionBar({ selection, total, bulk }: { selection: Selection; total: number; bulk: ReactNode }) {
  const t = useText();
  if (selection.size === 0 && !selection.all) return null;
  return (
    <Paper withBorder p="xs" mb="xs" role="region" aria-live="polite">
      <Group gap={8}>
        <Text size="sm" fw={600}>
          {selection.all
            ? t('table.all_selected', { total: count(total) })
            : t('table.selected', { count: selection.size, shown: count(selection.size) })}
        </Text>
        {!selection.all && total > selection.size && (
          <Button size="compact-sm" variant="subtle" onClick={selection.selectAll}>
            {t('table.select_all', { total: count(total) })}
          </Button>
        )}
        {bulk}
        <CloseButton ml="auto" aria-label={t('table.unselect')} onClick={selection.clear} />
      </Group>
    </Paper>
  );
}

function Pager({
  paging,
  shown,
  total,
  next,
}: {
  paging: Paging;
  shown: number;
  total: number;
  next: string | null;
}) {
  const t = useText();
  const from = paging.offset + 1;
  return (
    <Group justify="space-between" mt="sm" gap="xs">
      <Text size="sm" c="dimmed" aria-live="polite">
        {t('table.range', { from: count(from), to: count(paging.offset + shown), total: count(total) })}
      </Text>
      <Group gap="xs">
        <Select
          size="xs"
          w={84}
          aria-label={t('table.page_size')}
          data={PAGE_SIZES}
          value={String(paging.limit)}
          allowDeselect={false}
          onChange={(value) => paging.setLimit(Number(value))}
        />
        <ActionIcon aria-label={t('table.previous')} disabled={paging.isFirst} onClick={paging.previous}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('table.next')}
          disabled={!next}
          onClick={() => next && paging.next(next, shown)}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  );
}
