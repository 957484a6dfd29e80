import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconRotate, IconUserOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '../api/client';
import { tell, tellUndoable } from '../ui/notify';
import { type Booking, useBusiness, useCrmRefresh } from './business';
import { CallOff } from './CallOff';
import { PaymentForm } from './PaymentForm';
import { useText } from './texts';

type Status = Schemas['BookingStatus'];

/** What can be done with a booking: paid, marked as come or not come, cancelled. */
export function BookingActions({ booking }: { booking: Booking }) {
  const t = useText();
  const { today } = useBusiness();
  const onSettled = useCrmRefresh();
  const [open, setOpen] = useState<'pay' | 'cancel' | null>(null);
  const close = () => setOpen(null);
  const change = api.useMutation('post', '/api/schedule/bookings/{id}/status', { onSettled });
  const params = () => ({ path: { id: booking.id }, header: idempotency(newKey()) });
  const set = (status: Status) =>
    change.mutate(
      { params: params(), body: { status } },
      {
        onSuccess: () =>
          status === 'booked'
            ? tell(t('done.status', { status: t(`booking.${status}`) }))
            : tellUndoable({
                message: t('done.status', { status: t(`booking.${status}`) }),
                undo: () => change.mutate({ params: params(), body: { status: 'booked' } }),
              }),
      },
    );
  const ahead = booking.status === 'booked' || booking.status === 'paid';
  const past = booking.status === 'attended' || booking.status === 'no_show';
  const name = booking.client?.name ?? '';
  return (
    <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
      {booking.owed.minor > 0 && booking.client && (
        <Button size="compact-sm" variant="light" onClick={() => setOpen('pay')}>
          {t('act.pay', { amount: booking.owed.formatted })}
        </Button>
      )}
      {(ahead || past) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={30} aria-label={t('act.more', { name })} loading={change.isPending}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {ahead && (
              <>
                <Menu.Item
                  disabled={booking.day > today}
                  leftSection={<IconCheck size={16} aria-hidden />}
                  onClick={() => set('attended')}
                >
                  {t('booking.attended')}
                </Menu.Item>
                <Menu.Item
                  disabled={booking.day > today}
                  leftSection={<IconUserOff size={16} aria-hidden />}
                  onClick={() => set('no_show')}
                >
                  {t('booking.no_show')}
                </Menu.Item>
                <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => setOpen('cancel')}>
                  {t('act.cancel')}
                </Menu.Item>
              </>
            )}
            {past && (
              <Menu.Item leftSection={<IconRotate size={16} aria-hidden />} onClick={() => set('booked')}>
                {t('act.back')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {open === 'pay' && (
        <PaymentForm client={booking.client ?? null} purpose={`booking:${booking.id}`} onClose={close} />
      )}
      {open === 'cancel' && (
        <CallOff
          title={t('act.cancel')}
          about={t('call_off.booking', { name })}
          busy={change.isPending}
          onClose={close}
          onConfirm={({ reason, notify }) =>
            change.mutate(
              { params: params(), body: { status: 'cancelled', reason, notify } },
              {
                onSuccess: () => {
                  tell(t('done.status', { status: t('booking.cancelled') }));
                  close();
                },
              },
            )
          }
        />
      )}
    </Group>
  );
}
