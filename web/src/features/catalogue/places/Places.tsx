import { Group, Stack, Text } from '@mantine/core';
import { IconArmchair } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { useDirections } from '@/shared/crm/business';
import { useText as useCrm } from '@/shared/crm/texts';
import { Named } from '../list/Named';
import { Part } from '../list/Part';
import { usePart } from '../list/usePart';
import { text, useText } from '../texts';
import { PlaceForm } from './PlaceForm';

type Place = Schemas['Place'];

/** Halls, desks and rooms. */
export function Places() {
  const t = useText();
  const crm = useCrm();
  const { nameOf } = useDirections();
  const part = usePart<Place>();
  const query = api.useQuery('get', '/api/places', part.wanted, part.options);
  return (
    <>
      <Part<Place>
        table="places"
        add={t('places.add')}
        part={part}
        nameTitle={t('form.name')}
        icon={IconArmchair}
        emptyTitle={t('places.empty')}
        emptyAbout={t('places.empty_about')}
        query={query}
        columns={[
          { accessor: 'kind', title: t('form.kind'), render: (row) => crm(`place.${row.kind}`) },
          { accessor: 'direction', title: t('form.direction'), render: (row) => nameOf(row.direction) },
          { accessor: 'capacity', title: t('form.people'), textAlign: 'right' },
          { accessor: 'price', title: t('form.price'), render: pricesOf },
        ]}
        card={(row) => (
          <Stack gap={4}>
            <Group justify="space-between" wrap="nowrap">
              <Named name={row.name} active={row.active} onOpen={() => part.setOpen(row)} />
              <Text size="sm" style={{ flex: 'none' }}>
                {crm(`place.${row.kind}`)}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {[nameOf(row.direction), pricesOf(row)].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        )}
      />
      {part.open && <PlaceForm place={part.row} onClose={part.close} />}
    </>
  );
}

function pricesOf(row: Place): string {
  return [
    row.price_hour && text('places.by_hour', { amount: row.price_hour.formatted }),
    row.price_day && text('places.by_day', { amount: row.price_day.formatted }),
    row.price_month && text('places.by_month', { amount: row.price_month.formatted }),
  ]
    .filter(Boolean)
    .join(', ');
}
