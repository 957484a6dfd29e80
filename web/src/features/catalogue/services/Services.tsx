import { Group, Stack, Text } from '@mantine/core';
import { IconBarbell } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { useDirections } from '@/shared/crm/business';
import { Named } from '../list/Named';
import { Part } from '../list/Part';
import { usePart } from '../list/usePart';
import { text, useText } from '../texts';
import { ServiceForm } from './ServiceForm';

type Service = Schemas['Service'];

/** What is offered, and for how much. */
export function Services() {
  const t = useText();
  const { nameOf } = useDirections();
  const part = usePart<Service>();
  const query = api.useQuery('get', '/api/services', part.wanted, part.options);
  return (
    <>
      <Part<Service>
        table="services"
        add={t('services.add')}
        part={part}
        nameTitle={t('form.name')}
        icon={IconBarbell}
        emptyTitle={t('services.empty')}
        emptyAbout={t('services.empty_about')}
        query={query}
        columns={[
          { accessor: 'direction', title: t('form.direction'), render: (row) => nameOf(row.direction) },
          { accessor: 'duration_minutes', title: t('form.duration'), textAlign: 'right' },
          { accessor: 'kind', title: t('services.kind'), render: kindOf },
          {
            accessor: 'price',
            title: t('form.price'),
            textAlign: 'right',
            noWrap: true,
            render: (row) => row.price.formatted,
          },
        ]}
        card={(row) => (
          <Stack gap={4}>
            <Group justify="space-between" wrap="nowrap">
              <Named name={row.name} active={row.active} onOpen={() => part.setOpen(row)} />
              <Text size="sm" fw={600} style={{ flex: 'none' }}>
                {row.price.formatted}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {[nameOf(row.direction), kindOf(row)].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        )}
      />
      {part.open && <ServiceForm service={part.row} onClose={part.close} />}
    </>
  );
}

function kindOf(row: Service): string {
  if (row.period_days == null) return text('services.once');
  return row.visits == null
    ? text('services.unlimited', { days: row.period_days })
    : text('services.subscription', { visits: row.visits, days: row.period_days });
}
