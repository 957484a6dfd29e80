import { Button, ScrollArea, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Schemas } from '@/shared/api/client';
import { count } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { fieldWord } from '../fields';
import { useText } from '../texts';

/** More are in the file that can be downloaded. */
const SHOWN = 50;
const TABLE_HEIGHT_PX = 420;

interface Props {
  found: Schemas['Import'];
  report: Schemas['ImportReport'] | null;
}

/** Rows that were not taken in, each with the reason. */
export function Problems({ found, report }: Props) {
  const t = useText();
  const rows = report?.errors.slice(0, SHOWN) ?? [];
  return (
    <Panel title={t('problem.title', { count: found.errors, shown: count(found.errors) })}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('problem.about')}
      </Text>
      <Button
        component="a"
        href={`/api/imports/${found.id}/problems.csv`}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        mb={rows.length > 0 ? 'sm' : 0}
      >
        {t('problem.download')}
      </Button>
      {rows.length > 0 && (
        <ScrollArea.Autosize mah={TABLE_HEIGHT_PX} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing="xs" stickyHeader aria-label={t('problem.table')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('problem.row')}</Table.Th>
                <Table.Th>{t('problem.field')}</Table.Th>
                <Table.Th>{t('problem.value')}</Table.Th>
                <Table.Th>{t('problem.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((problem) => (
                <Table.Tr key={`${problem.row} ${problem.field} ${problem.message}`}>
                  <Table.Td>{problem.row}</Table.Td>
                  <Table.Td>{fieldWord(problem.field, problem.field ?? '', t)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{problem.value}</Table.Td>
                  <Table.Td>{problem.message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {rows.length > 0 && found.errors > rows.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('problem.first', { shown: count(rows.length) })}
        </Text>
      )}
    </Panel>
  );
}
