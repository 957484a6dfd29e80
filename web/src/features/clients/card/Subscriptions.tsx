import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import type { Subscription } from '@/shared/crm/business';
import type { Picked } from '@/shared/crm/ClientPicker';
import { shortDay } from '@/shared/crm/clock';
import { PaymentForm } from '@/shared/crm/PaymentForm';
import { SubscriptionState } from '@/shared/crm/Statuses';
import { useText as useCrm } from '@/shared/crm/texts';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { SellSubscription } from '../subscriptions/SellSubscription';
import { SubscriptionActions } from '../subscriptions/SubscriptionActions';
import { useText } from '../texts';

const SHOWN = 20;

/** The client's subscriptions, the newest first. */
export function Subscriptions({ client }: { client: Picked }) {
  const t = useText();
  const [selling, setSelling] = useState(false);
  const subscriptions = api.useQuery('get', '/api/subscriptions', {
    params: { query: { client_id: client.id, sort: '-ends_on', limit: SHOWN } },
  });
  return (
    <Panel title={t('card.subscriptions')}>
      <Loaded query={subscriptions} rows={2}>
        {({ items }) => (
          <Stack gap="xs" align="stretch">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('card.no_subscriptions')}
              </Text>
            )}
            {items.map((one) => (
              <Row key={one.id} subscription={one} client={client} />
            ))}
            <Group>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconTicket size={15} aria-hidden />}
                onClick={() => setSelling(true)}
              >
                {t('subscription.sell')}
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
      {selling && <SellSubscription client={client} onClose={() => setSelling(false)} />}
    </Panel>
  );
}

function Row({ subscription, client }: { subscription: Subscription; client: Picked }) {
  const t = useText();
  const crm = useCrm();
  const [paying, setPaying] = useState(false);
  const { visits_left, visits_total, freezes } = subscription;
  const name = subscription.service?.name ?? t('subscription.word');
  return (
    <Paper withBorder p="xs" component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Group gap={6}>
            <SubscriptionState standing={subscription.standing} />
            <Text size="xs" c="dimmed">
              {`${shortDay(subscription.starts_on)} – ${shortDay(subscription.ends_on)}`}
            </Text>
          </Group>
          <Text size="sm">
            {visits_total == null
              ? t('subscription.any_visits')
              : t('subscription.visits', { left: visits_left ?? 0, total: visits_total })}
          </Text>
          {freezes.map((freeze) => (
            <Text key={freeze.from} size="xs" c="dimmed">
              {t('subscription.frozen', { from: shortDay(freeze.from), to: shortDay(freeze.to) })}
              {freeze.reason ? ` · ${freeze.reason}` : ''}
            </Text>
          ))}
        </div>
        <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
          {subscription.owed.minor > 0 && (
            <Button size="compact-sm" variant="light" onClick={() => setPaying(true)}>
              {crm('act.pay', { amount: subscription.owed.formatted })}
            </Button>
          )}
          <SubscriptionActions subscription={subscription} name={name} />
        </Group>
      </Group>
      {paying && (
        <PaymentForm
          client={client}
          purpose={`subscription:${subscription.id}`}
          onClose={() => setPaying(false)}
        />
      )}
    </Paper>
  );
}
