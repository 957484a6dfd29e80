import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { BookingActions } from '@/shared/crm/BookingActions';
import type { Booking } from '@/shared/crm/business';
import { BookingState } from '@/shared/crm/Statuses';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { TextLink } from '@/shared/ui/links';
import { Loaded } from '@/shared/ui/states';
import { PlaceForm } from '../form/PlaceForm';
import { useText } from '../texts';
import { When } from './SessionPanel';

/** A booking of a place: who, when, what is owed, and what can be done. */
export function PlacePanel({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const booking = api.useQuery('get', '/api/schedule/bookings/{id}', { params: { path: { id } } });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={booking.data?.place?.name ?? t('kind.place')}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
      // Windows open over it, and a page has one banner.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Loaded query={booking} rows={3}>
        {(data) => <Content booking={data} />}
      </Loaded>
    </Drawer>
  );
}

function Content({ booking }: { booking: Booking }) {
  const t = useText();
  const [editing, setEditing] = useState(false);
  const open = booking.status === 'booked' || booking.status === 'paid';
  return (
    <Stack gap="sm" align="flex-start">
      <When starts_at={booking.starts_at} ends_at={booking.ends_at} />
      {booking.client && (
        <TextLink to="/clients/$id" params={{ id: booking.client.id }} fw={600}>
          {booking.client.name}
        </TextLink>
      )}
      <Group gap="xs">
        <BookingState status={booking.status} />
        <Text size="sm">{t('panel.price', { amount: booking.price.formatted })}</Text>
      </Group>
      {booking.notes && <Text size="sm">{booking.notes}</Text>}
      <Group gap="xs">
        {open && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={15} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('panel.edit')}
          </Button>
        )}
        <BookingActions booking={booking} />
      </Group>
      {editing && (
        <Dialog opened onClose={() => setEditing(false)} title={t('panel.edit')} size="lg">
          <PlaceForm booking={booking} onClose={() => setEditing(false)} />
        </Dialog>
      )}
    </Stack>
  );
}
