import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count } from '@/shared/format';
import { useText } from './texts';

/** A column: its value, as a file has it, and how it is shown, if not as it is. */
export interface Column<T> {
  title: string;
  value: (row: T) => string | number | null;
  shown?: (row: T) => ReactNode;
}

const MOST_HEIGHT = 420;
const MIN_WIDTH_OF_COLUMN = 84;

/** Figures one by one. */
export function FigureTable<T>({ label, columns, rows }: { label: string; columns: Column<T>[]; rows: T[] }) {
  const t = useText();
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('panel.nothing')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer
      minWidth={columns.length * MIN_WIDTH_OF_COLUMN}
      maxHeight={MOST_HEIGHT}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      <Table aria-label={label} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, index) => (
              <Table.Th key={column.title} ta={index === 0 ? 'left' : 'right'}>
                {column.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={columns.map((column) => column.value(row)).join('\n')}>
              {columns.map((column, index) => (
                <Table.Td key={column.title} ta={index === 0 ? 'left' : 'right'}>
                  {column.shown ? column.shown(row) : plain(column.value(row))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function plain(value: string | number | null): string {
  if (value === null) return '—';
  return typeof value === 'number' ? count(value) : value;
}
