import { Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { useDirections } from '@/shared/crm/business';
import { phone } from '@/shared/format';
import { usePaging } from '@/shared/ui/usePaging';
import { Named } from '../list/Named';
import { Part } from '../list/Part';
import { route } from '../search';
import { useText } from '../texts';
import { hoursWords } from './hours';
import { StaffForm } from './StaffForm';

type Member = Schemas['Staff'];

/** Those who hold sessions. */
export function Staff() {
  const t = useText();
  const { all } = route.useSearch();
  const { nameOf } = useDirections();
  const [open, setOpen] = useState<Member | 'new' | null>(null);
  const paging = usePaging(String(all), 'name');
  const query = api.useQuery(
    'get',
    '/api/staff',
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
  const directionsOf = (row: Member) => row.directions.map(nameOf).join(', ');
  return (
    <>
      <Part<Member>
        table="staff"
        add={t('staff.add')}
        onAdd={() => setOpen('new')}
        icon={IconUsersGroup}
        emptyTitle={t('staff.empty')}
        emptyAbout={t('staff.empty_about')}
        query={query}
        paging={paging}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        onOpen={setOpen}
        columns={[
          {
            accessor: 'name',
            title: t('staff.name'),
            sortable: true,
            render: (row) => <Named name={row.name} active={row.active} onOpen={() => setOpen(row)} />,
          },
          { accessor: 'position', title: t('staff.position') },
          { accessor: 'directions', title: t('form.direction'), render: directionsOf },
          { accessor: 'hours', title: t('staff.hours'), render: (row) => hoursWords(row.hours) },
          {
            accessor: 'phone',
            title: t('staff.phone'),
            noWrap: true,
            render: (row) => (row.phone ? phone(row.phone) : ''),
          },
        ]}
        card={(row) => (
          <Stack gap={4}>
            <Named name={row.name} active={row.active} onOpen={() => setOpen(row)} />
            <Text size="sm" c="dimmed">
              {[row.position, directionsOf(row), hoursWords(row.hours)].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        )}
      />
      {open && <StaffForm member={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}
