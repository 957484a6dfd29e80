import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { type Session, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { CallOff } from '@/shared/crm/CallOff';
import { clockTime, dayWords, wallOf } from '@/shared/crm/clock';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { tell } from '@/shared/ui/notify';
import { Loaded } from '@/shared/ui/states';
import { SessionForm } from '../form/SessionForm';
import { useText } from '../texts';
import { BookClient } from './BookClient';
import { Bookings } from './Bookings';
import { Waiting } from './Waiting';

/** A session with those who are booked in it, those who wait, and what can be done. */
export function SessionPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const session = api.useQuery('get', '/api/schedule/sessions/{id}', { params: { path: { id } } });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={session.data?.service?.name ?? t('kind.session')}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
      // Windows open over it, and a page has one banner.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Loaded query={session} rows={4}>
        {(data) => <Content session={data} onClose={onClose} />}
      </Loaded>
    </Drawer>
  );
}

/** The day and the time of something, in words. */
export function When({ starts_at, ends_at }: { starts_at: string; ends_at: string }) {
  const { zone, today } = useBusiness();
  const [start, end] = [wallOf(starts_at, zone), wallOf(ends_at, zone)];
  const day = (of: string) =>
    dayWords(of, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(of.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    });
  const last = end.day === start.day || end.minutes === 0 ? '' : `${day(end.day)}, `;
  return (
    <Text fw={600}>{`${day(start.day)}, ${clockTime(start.minutes)}–${last}${clockTime(end.minutes)}`}</Text>
  );
}

function Content({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const [open, setOpen] = useState<'edit' | 'cancel' | null>(null);
  const close = () => setOpen(null);
  const cancel = api.useMutation('post', '/api/schedule/sessions/{id}/cancel', { onSettled });
  const scheduled = session.status === 'scheduled';
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <When starts_at={session.starts_at} ends_at={session.ends_at} />
        <Text size="sm" c="dimmed">
          {[session.staff?.name, session.place?.name, session.price.formatted].filter(Boolean).join(' · ')}
        </Text>
        <Text size="sm">{t('seats', { taken: session.seats_taken, all: session.capacity })}</Text>
        {session.notes && <Text size="sm">{session.notes}</Text>}
        {!scheduled && (
          <Text size="sm" c="var(--mantine-color-error)" fw={600}>
            {[t('panel.cancelled'), session.cancel_reason].filter(Boolean).join(': ')}
          </Text>
        )}
        {scheduled && (
          <Group gap="xs" mt="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={15} aria-hidden />}
              onClick={() => setOpen('edit')}
            >
              {t('panel.edit')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={15} aria-hidden />}
              onClick={() => setOpen('cancel')}
            >
              {t('panel.cancel')}
            </Button>
          </Group>
        )}
      </Stack>
      {scheduled && <BookClient session={session} />}
      <section>
        <Title order={3} size="h6" mb="xs">
          {t('panel.bookings')}
        </Title>
        <Bookings sessionId={session.id} />
      </section>
      <Waiting sessionId={session.id} />
      {open === 'edit' && (
        <Dialog opened onClose={close} title={t('panel.edit')} size="lg">
          <SessionForm session={session} onClose={close} />
        </Dialog>
      )}
      {open === 'cancel' && (
        <CallOff
          title={t('panel.cancel')}
          about={t('panel.cancel_about', { count: session.seats_taken })}
          busy={cancel.isPending}
          onClose={close}
          onConfirm={(body) =>
            cancel.mutate(
              { params: { path: { id: session.id } }, body },
              {
                onSuccess: () => {
                  tell(t('done.cancelled'));
                  close();
                  onClose();
                },
              },
            )
          }
        />
      )}
    </Stack>
  );
}
