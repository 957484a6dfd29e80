import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { BookingActions } from '@/shared/crm/BookingActions';
import { type Booking, useBusiness } from '@/shared/crm/business';
import { wallWords } from '@/shared/crm/clock';
import { BookingState } from '@/shared/crm/Statuses';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

/** Bookings shown at first, and how many more each time. */
const SHOWN = 8;

/** What the client is and was booked for, the newest first. */
export function Bookings({ clientId }: { clientId: number }) {
  const t = useText();
  const [limit, setLimit] = useState(SHOWN);
  const bookings = api.useQuery('get', '/api/schedule/bookings', {
    params: { query: { client_id: clientId, sort: '-starts_at', limit } },
  });
  return (
    <Panel title={t('card.bookings')}>
      <Loaded query={bookings} rows={2}>
        {({ items, total }) => (
          <Stack gap="xs" align="stretch">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('card.no_bookings')}
              </Text>
            )}
            {items.map((booking) => (
              <Row key={booking.id} booking={booking} />
            ))}
            <Group gap="xs">
              <ButtonLink
                to="/schedule"
                size="xs"
                variant="default"
                leftSection={<IconCalendarPlus size={15} aria-hidden />}
              >
                {t('card.book')}
              </ButtonLink>
              {total > items.length && (
                <Button size="xs" variant="subtle" onClick={() => setLimit(limit + 4 * SHOWN)}>
                  {t('card.more', { total })}
                </Button>
              )}
            </Group>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

function Row({ booking }: { booking: Booking }) {
  const { zone } = useBusiness();
  const name = booking.service?.name ?? booking.place?.name ?? `#${booking.id}`;
  const where = booking.session_id == null ? { booking: booking.id } : { session: booking.session_id };
  return (
    <Paper withBorder p="xs" component="article" aria-label={name}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <TextLink to="/schedule" search={{ day: booking.day, ...where }} size="sm" fw={600}>
            {name}
          </TextLink>
          <Group gap={6}>
            <BookingState status={booking.status} />
            <Text size="xs" c="dimmed">
              {[wallWords(booking.starts_at, zone), booking.staff?.name].filter(Boolean).join(' · ')}
            </Text>
          </Group>
        </div>
        <BookingActions booking={booking} />
      </Group>
    </Paper>
  );
}
