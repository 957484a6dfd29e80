import { ActionIcon, Group, Paper, Title, Tooltip } from '@mantine/core';
import { IconChartLine, IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { csv } from '@/shared/format';
import { download } from '@/shared/ui/download';
import { type Column, FigureTable } from './FigureTable';
import { useText } from './texts';

interface Props<T> {
  title: string;
  /** The name of the file without its end. */
  file: string;
  columns: Column<T>[];
  rows: T[];
  /** The figures as a picture; without one the table stands alone. */
  picture?: ReactNode;
  /** Other ways to look, above the figures. */
  choice?: ReactNode;
  /** What the figures do not say by themselves. */
  note?: ReactNode;
  /** The rows of the table, when not all that are in the file. */
  shown?: T[];
}

/** Figures as a picture, as a table for whoever wants to read them one by one, and as a file. */
export function FigurePanel<T>({ title, file, columns, rows, picture, choice, note, shown }: Props<T>) {
  const t = useText();
  const [asTable, setAsTable] = useState(false);
  const save = () =>
    download(
      `${file}.csv`,
      csv([columns.map((one) => one.title), ...rows.map((row) => columns.map((one) => one.value(row)))]),
      'text/csv;charset=utf-8',
    );
  const toggle = asTable ? t('panel.as_picture') : t('panel.as_table');
  const ToggleIcon = asTable ? IconChartLine : IconTable;
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs" wrap="nowrap" align="flex-start">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Group gap={4} wrap="nowrap">
          {picture && (
            <Tooltip label={toggle}>
              <ActionIcon aria-label={`${title}: ${toggle}`} onClick={() => setAsTable(!asTable)}>
                <ToggleIcon size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label={t('panel.save')}>
            <ActionIcon
              aria-label={`${title}: ${t('panel.save')}`}
              disabled={rows.length === 0}
              onClick={save}
            >
              <IconDownload size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {choice}
      {picture && !asTable ? picture : <FigureTable label={title} columns={columns} rows={shown ?? rows} />}
      {note}
    </Paper>
  );
}
