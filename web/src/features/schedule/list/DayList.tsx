import { Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { clockTime } from '@/shared/crm/clock';
import { Empty } from '@/shared/ui/states';
import type { Item, Piece } from '../data/items';
import { useText } from '../texts';

/** A day as a list, where a grid does not fit. */
export function DayList({ pieces, onOpen }: { pieces: Piece[]; onOpen: (item: Item) => void }) {
  const t = useText();
  if (pieces.length === 0)
    return (
      <Empty icon={IconCalendarOff} title={t('empty.day')}>
        {t('empty.day_about')}
      </Empty>
    );
  const sorted = [...pieces].sort((a, b) => a.from - b.from);
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {sorted.map((piece) => (
        <li key={piece.item.key}>
          <UnstyledButton w="100%" onClick={() => onOpen(piece.item)} data-item={piece.item.key}>
            <Paper withBorder p="sm">
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <Text size="sm" fw={600} style={{ flex: 'none' }}>
                  {clockTime(piece.from)}
                  <br />
                  {clockTime(piece.to)}
                </Text>
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={600}>
                    {piece.item.title}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {piece.item.details.join(' · ')}
                  </Text>
                  {piece.item.seats && (
                    <Text size="sm">
                      {t('seats', { taken: piece.item.seats.taken, all: piece.item.seats.all })}
                    </Text>
                  )}
                </div>
              </Group>
            </Paper>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}
