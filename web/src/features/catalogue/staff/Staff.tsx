import { Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { useDirections } from '@/shared/crm/business';
import { phone } from '@/shared/format';
import { Named } from '../list/Named';
import { Part } from '../list/Part';
import { usePart } from '../list/usePart';
import { useText } from '../texts';
import { hoursWords } from './hours';
import { StaffForm } from './StaffForm';

type Member = Schemas['Staff'];

/** Those who hold sessions. */
export function Staff() {
  const t = useText();
  const { nameOf } = useDirections();
  const part = usePart<Member>();
  const query = api.useQuery('get', '/api/staff', part.wanted, part.options);
  const directionsOf = (row: Member) => row.directions.map(nameOf).join(', ');
  return (
    <>
      <Part<Member>
        table="staff"
        add={t('staff.add')}
        part={part}
        nameTitle={t('staff.name')}
        icon={IconUsersGroup}
        emptyTitle={t('staff.empty')}
        emptyAbout={t('staff.empty_about')}
        query={query}
        columns={[
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
            <Named name={row.name} active={row.active} onOpen={() => part.setOpen(row)} />
            <Text size="sm" c="dimmed">
              {[row.position, directionsOf(row), hoursWords(row.hours)].filter(Boolean).join(' · ')}
            </Text>
          </Stack>
        )}
      />
      {part.open && <StaffForm member={part.row} onClose={part.close} />}
    </>
  );
}
