import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { DirectionForm } from './DirectionForm';

/** The lines of the business. */
export function Directions() {
  const t = useText();
  const [open, setOpen] = useState<Schemas['Direction'] | 'new' | null>(null);
  const directions = api.useQuery('get', '/api/directions');
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={560}>
          {t('directions.about')}
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
          {t('directions.add')}
        </Button>
      </Group>
      <Loaded query={directions} rows={4}>
        {({ items }) => (
          <Table withTableBorder>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('form.name')}</Table.Th>
                <Table.Th>{t('directions.code')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((one) => (
                <Table.Tr key={one.code}>
                  <Table.Td>
                    <Anchor component="button" type="button" size="sm" fw={600} onClick={() => setOpen(one)}>
                      {one.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{one.code}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      {open && <DirectionForm direction={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}
