import { Group, SegmentedControl, SimpleGrid, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useBusiness } from '@/shared/crm/business';
import { i18n } from '@/shared/i18n';
import classes from '../assistant.module.css';
import { type Figure, figuresOf, type Rows } from '../data/figures';
import { useText } from '../texts';

/** Figures whose value is a word of the API. */
const WORDED = new Set(['status', 'class']);
/** Rows of a list that are shown at once. */
const SHOWN_ROWS = 30;

/** The figures of an answer: single ones side by side, lists as a table or as bars. */
export default function FiguresView({ data }: { data: Record<string, unknown> }) {
  const { zone } = useBusiness();
  const t = useText();
  const wordOf = (name: string, value: string) =>
    WORDED.has(name) && i18n.exists(`word.${value}`, { ns: 'assistant' })
      ? t(`word.${value}` as 'word.active')
      : value;
  const { single, lists } = figuresOf(data, { zone, wordOf, unsaid: t('figures.unsaid') });
  return (
    <>
      {single.length > 0 && <Single figures={single} />}
      {lists.map((rows) => (
        <ListView key={rows.name} rows={rows} />
      ))}
    </>
  );
}

/** The name of a figure in words; one that the catalogue does not know is shown as the server named it. */
function useNames() {
  const t = useText();
  return (name: string) =>
    i18n.exists(`figure.${name}`, { ns: 'assistant' })
      ? t(`figure.${name}` as 'figure.count')
      : name.replaceAll('_', ' ');
}

function Single({ figures }: { figures: Figure[] }) {
  const nameOf = useNames();
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing="xs" verticalSpacing="xs" my="xs">
      {figures.map(({ name, shown }) => (
        <div key={name} data-figure={name}>
          <Text component="dt" size="xs" c="dimmed">
            {nameOf(name)}
          </Text>
          <Text component="dd" m={0} size="sm" fw={650}>
            {shown}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function ListView({ rows }: { rows: Rows }) {
  const t = useText();
  const nameOf = useNames();
  const [view, setView] = useState<'chart' | 'table'>(rows.bars ? 'chart' : 'table');
  return (
    <section aria-label={nameOf(rows.name)}>
      {rows.bars && (
        <Group justify="flex-end" my={6}>
          <SegmentedControl
            size="xs"
            aria-label={t('figures.view')}
            value={view}
            onChange={(value) => setView(value as typeof view)}
            data={(['chart', 'table'] as const).map((value) => ({ value, label: t(`figures.${value}`) }))}
          />
        </Group>
      )}
      {view === 'chart' && rows.bars ? <Bars bars={rows.bars} /> : <AsTable rows={rows} />}
    </section>
  );
}

function Bars({ bars }: { bars: NonNullable<Rows['bars']> }) {
  const most = Math.max(...bars.map(({ value }) => value), 1);
  return (
    <ul className={classes.bars}>
      {bars.slice(0, SHOWN_ROWS).map(({ label, value, shown }) => (
        <li key={label}>
          <span>{label}</span>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${Math.max((value / most) * 100, 0)}%` }} />
          </span>
          <span>{shown}</span>
        </li>
      ))}
    </ul>
  );
}

function AsTable({ rows }: { rows: Rows }) {
  const t = useText();
  const nameOf = useNames();
  const hidden = rows.cells.length - SHOWN_ROWS;
  return (
    <Table.ScrollContainer minWidth={300} my="xs">
      <Table withTableBorder fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {rows.columns.map((column) => (
              <Table.Th key={column}>{nameOf(column)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.cells.slice(0, SHOWN_ROWS).map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer stand still.
            <Table.Tr key={row}>
              {cells.map((cell, column) => (
                <Table.Td key={rows.columns[column]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {hidden > 0 && (
        <Text size="xs" c="dimmed">
          {t('figures.hidden', { count: hidden })}
        </Text>
      )}
    </Table.ScrollContainer>
  );
}
