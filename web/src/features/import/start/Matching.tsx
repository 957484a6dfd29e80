import { Alert, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { words } from '@/shared/ui/notify';
import { RowsLoading } from '@/shared/ui/states';
import type { Chosen } from '../data';
import { fieldWord } from '../fields';
import { useText } from '../texts';
import { type Columns, decide, doubled, EXTRA, fateOf, NONE, saysWho } from './columns';
import { type Preview, usePreview } from './usePreview';

interface Props {
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** How the file was understood: its sheet and its columns, each of which the person can take for something else. */
export function Matching({ chosen, onChange }: Props) {
  const t = useText();
  const preview = usePreview(chosen);
  if (preview.error)
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('start.refused')}>
        {words(preview.error)}
      </Alert>
    );
  if (!preview.data) return <RowsLoading rows={2} />;
  return (
    <Stack gap="sm">
      <Sheet preview={preview.data} chosen={chosen} onChange={onChange} />
      <ColumnsOf
        preview={preview.data}
        decided={chosen.columns}
        onDecide={(columns) => onChange({ ...chosen, columns })}
      />
    </Stack>
  );
}

function Sheet({ preview, chosen, onChange }: Props & { preview: Preview }) {
  const t = useText();
  const { encoding, delimiter, sheets, sheet } = preview;
  const read = [
    preview.format.toUpperCase(),
    encoding,
    delimiter && t('match.delimiter', { mark: delimiter === '\t' ? t('match.tab') : delimiter }),
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('match.read_as', { how: read.filter(Boolean).join(' · ') })}
      </Text>
      {sheets.length > 1 && (
        <Select
          label={t('match.sheet')}
          maw={360}
          allowDeselect={false}
          data={sheets}
          value={chosen.sheet || (sheet ?? null)}
          onChange={(name) => name && onChange({ ...chosen, sheet: name, columns: {} })}
        />
      )}
    </>
  );
}

interface ColumnsProps {
  preview: Preview;
  decided: Columns;
  onDecide: (columns: Columns) => void;
}

function ColumnsOf({ preview, decided, onDecide }: ColumnsProps) {
  const t = useText();
  const twice = doubled(preview.columns, decided);
  if (preview.columns.length === 0) return null;
  const fates = [
    ...preview.fields.map(({ name, title }) => ({ value: name, label: fieldWord(name, title, t) })),
    { value: EXTRA, label: t('match.extra') },
    { value: NONE, label: t('match.leave_out') },
  ];
  return (
    <>
      <div>
        <Title order={3} size="h6">
          {t('match.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('match.about')}
        </Text>
      </div>
      {!saysWho(preview, decided) && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('match.nobody')}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {preview.columns.map((column) => {
          const fate = fateOf(column, decided);
          return (
            <Paper key={column.index} withBorder p="sm">
              <Select
                label={column.header || t('match.column', { number: column.index + 1 })}
                searchable
                allowDeselect={false}
                data={fates}
                value={fate}
                error={twice.has(fate) ? t('match.twice') : undefined}
                onChange={(value) => value && onDecide(decide(decided, column, value))}
              />
              <Text size="xs" c="dimmed" mt={4} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                {column.samples.filter(Boolean).join(' · ') || t('match.no_samples')}
              </Text>
            </Paper>
          );
        })}
      </SimpleGrid>
    </>
  );
}
