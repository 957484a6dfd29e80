import { Group, Stack, Text } from '@mantine/core';
import { IconBarbell } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { useDirections } from '@/shared/crm/business';
import { usePaging } from '@/shared/ui/usePaging';
import { Named } from '../list/Named';
import { Part } from '../list/Part';
import { route } from '../search';
import { text, useText } from '../texts';
import { ServiceForm } from './ServiceForm';

type Service = Schemas['Service'];

/** What is offered, and for how much. */
export function Services() {
  const t = useText();
  const { all } = route.useSearch();
  const { nameOf } = useDirections();
  const [open, setOpen] = useState<Service | 'new' | null>(null);
  const paging = usePaging(String(all), 'name');
  const query = api.useQuery(
    'get',
    '/api/services',
    {
      params: {
        query: {
          ...(!all && { active: true }),
          limit: paging.limit,
          cursor: paging.cursor,
          sort: paging.sort,
        },
      },
    },
    { placeholderData: keepPreviousData },
  );
  return (
    <>
      <Part<Service>
        table="services"
        add={t('services.add')}
        onAdd={() => setOpen('new')}
        icon={IconBarbell}
        emptyTitle={t('services.empty')}
        emptyAbout={t('services.empty_about')}
        query={query}
        paging={paging}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        onOpen={setOpen}
        columns={[
          {
            accessor: 'name',
            title: t('form.name'),
            sortable: true,
            render: (row) => <Named name={row.name} active={row.active} onOpen={() => setOpen(row)} />,
          },
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
              <Named name={row.name} active={row.active} onOpen={() => setOpen(row)} />
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
      {open && <ServiceForm service={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function kindOf(row: Service): string {
  if (row.period_days == null) return text('services.once');
  return row.visits == null
    ? text('services.unlimited', { days: row.period_days })
    : text('services.subscription', { visits: row.visits, days: row.period_days });
}
