import { Group, Paper, Stack, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { BookingActions } from '@/shared/crm/BookingActions';
import { BookingState } from '@/shared/crm/Statuses';
import { TextLink } from '@/shared/ui/links';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

const MAX_ROWS = 500;

/** Who is booked in a session; those who cancelled stand last. */
export function Bookings({ sessionId }: { sessionId: number }) {
  const t = useText();
  const bookings = api.useQuery('get', '/api/schedule/bookings', {
    params: { query: { session_id: sessionId, sort: 'id', limit: MAX_ROWS } },
  });
  return (
    <Loaded query={bookings} rows={2}>
      {({ items }) => {
        if (items.length === 0)
          return (
            <Text size="sm" c="dimmed">
              {t('panel.nobody')}
            </Text>
          );
        const last = (status: string) => Number(status === 'cancelled');
        const rows = [...items].sort((a, b) => last(a.status) - last(b.status));
        return (
          <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {rows.map((booking) => (
              <Paper key={booking.id} component="li" withBorder p="xs">
                <Group justify="space-between" gap="xs" wrap="nowrap">
                  <Stack gap={2} style={{ minWidth: 0 }} align="flex-start">
                    {booking.client ? (
                      <TextLink
                        to="/clients/$id"
                        params={{ id: booking.client.id }}
                        size="sm"
                        fw={600}
                        style={{ overflowWrap: 'anywhere' }}
                      >
                        {booking.client.name}
                      </TextLink>
                    ) : (
                      <Text size="sm">{t('panel.erased')}</Text>
                    )}
                    <Group gap={6}>
                      <BookingState status={booking.status} />
                      {booking.subscription_id != null && (
                        <Text size="xs" c="dimmed">
                          {t('panel.by_subscription')}
                        </Text>
                      )}
                    </Group>
                  </Stack>
                  <BookingActions booking={booking} />
                </Group>
              </Paper>
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
}
