import { ActionIcon, Box, Button, Fieldset, Group, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../texts';

interface Props<T> {
  legend: string;
  rows: readonly T[];
  /** The inputs of a row. */
  row: (index: number) => ReactNode;
  add: string;
  onAdd: () => void;
  onRemove: (index: number) => void;
}

/** A list in a form whose rows are added and removed. */
export function Rows<T>({ legend, rows, row, add, onAdd, onRemove }: Props<T>) {
  const t = useText();
  return (
    <Fieldset legend={legend} p="sm">
      <Stack gap="xs">
        {rows.map((_, index) => (
          // Rows have no name of their own, and their inputs are held by the form.
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
          <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
            <Box style={{ flex: 1, minWidth: 0 }}>{row(index)}</Box>
            <ActionIcon
              mt={28}
              aria-label={t('edit.remove_row', { number: index + 1 })}
              onClick={() => onRemove(index)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={onAdd}
          >
            {add}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
