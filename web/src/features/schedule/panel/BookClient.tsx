import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '@/shared/api/client';
import { type Session, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { ClientPicker, type Picked } from '@/shared/crm/ClientPicker';
import { todayIn, wallOf } from '@/shared/crm/clock';
import { tell, words } from '@/shared/ui/notify';
import { useText } from '../texts';

/** Books a client into a session, or puts them on its waiting list when it is full. */
export function BookClient({ session }: { session: Session }) {
  const t = useText();
  const { zone } = useBusiness();
  const onSettled = useCrmRefresh();
  const [client, setClient] = useState<Picked | null>(null);
  const [visit, setVisit] = useState(false);
  const [notify, setNotify] = useState(false);
  const [key, setKey] = useState(newKey);
  const full = session.seats_free <= 0;
  const day = wallOf(session.starts_at, zone).day;
  const subscriptions = api.useQuery(
    'get',
    '/api/subscriptions',
    { params: { query: { client_id: client?.id ?? 0, active_on: day, limit: 20 } } },
    { enabled: client !== null },
  );
  const has = client !== null && (subscriptions.data?.total ?? 0) > 0;
  const book = api.useMutation('post', '/api/schedule/bookings', { meta: { quiet: true }, onSettled });
  const refusal: unknown = book.error;
  const submit = () => {
    if (!client) return;
    book.mutate(
      {
        params: { header: idempotency(key) },
        body: {
          client_id: client.id,
          session_id: session.id,
          ...(has && visit && { use_subscription: true }),
          ...(full && { wait: true }),
          // Nobody is reminded of what is over.
          ...(day < todayIn(zone) && { remind_minutes_before: 0 }),
          notify,
        },
      },
      {
        onSuccess: (answer) => {
          tell(
            'position' in answer
              ? t('done.waits', { name: client.name })
              : t('done.booked', { name: client.name }),
          );
          setClient(null);
          setVisit(false);
        },
        onSettled: (_done, error) => setKey(keyAfter(key, error)),
      },
    );
  };
  return (
    <Stack gap="xs" component="section" aria-label={t('panel.book')}>
      <ClientPicker
        key={client === null ? 'empty' : 'chosen'}
        label={full ? t('panel.wait_client') : t('panel.book_client')}
        value={client}
        onChange={(next) => {
          setClient(next);
          book.reset();
        }}
      />
      {client && (
        <Group gap="md">
          {has && (
            <Checkbox
              label={t('panel.use_subscription')}
              checked={visit}
              onChange={(event) => setVisit(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('form.notify_client')}
            checked={notify}
            onChange={(event) => setNotify(event.currentTarget.checked)}
          />
        </Group>
      )}
      {refusal !== null && (
        <Alert color="red" role="alert" p="xs">
          {words(refusal)}
        </Alert>
      )}
      <Group>
        <Button size="xs" disabled={!client} loading={book.isPending} onClick={submit}>
          {full ? t('panel.wait') : t('form.book')}
        </Button>
      </Group>
    </Stack>
  );
}
