import { ActionIcon, Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { IconDots, IconPlayerPlay, IconSnowflake, IconTicket, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { type Subscription, useCrmRefresh } from '@/shared/crm/business';
import type { Picked } from '@/shared/crm/ClientPicker';
import { shortDay } from '@/shared/crm/clock';
import { PaymentForm } from '@/shared/crm/PaymentForm';
import { SubscriptionState } from '@/shared/crm/Statuses';
import { useText as useCrm } from '@/shared/crm/texts';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { Freeze } from './Freeze';
import { SellSubscription } from './SellSubscription';

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
          <More subscription={subscription} name={name} />
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

function More({ subscription, name }: { subscription: Subscription; name: string }) {
  const t = useText();
  const crm = useCrm();
  const onSettled = useCrmRefresh();
  const [open, setOpen] = useState<'freeze' | 'cancel' | null>(null);
  const close = () => setOpen(null);
  const unfreeze = api.useMutation('post', '/api/subscriptions/{id}/unfreeze', { onSettled });
  const cancel = api.useMutation('post', '/api/subscriptions/{id}/cancel', { onSettled });
  const params = { path: { id: subscription.id } };
  const { standing } = subscription;
  if (standing === 'ended' || standing === 'cancelled') return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={crm('act.more', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSnowflake size={16} aria-hidden />} onClick={() => setOpen('freeze')}>
            {t('subscription.freeze')}
          </Menu.Item>
          {subscription.freezes.length > 0 && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => unfreeze.mutate({ params }, { onSuccess: () => tell(t('done.unfrozen')) })}
            >
              {t('subscription.unfreeze')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => setOpen('cancel')}>
            {t('subscription.cancel')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'freeze' && <Freeze subscription={subscription} onClose={close} />}
      <Confirm
        opened={open === 'cancel'}
        title={t('subscription.cancel')}
        action={t('subscription.cancel')}
        busy={cancel.isPending}
        onConfirm={() =>
          cancel.mutate(
            { params },
            {
              onSuccess: () => {
                tell(t('done.cancelled'));
                close();
              },
            },
          )
        }
        onClose={close}
      >
        {t('subscription.cancel_about')}
      </Confirm>
    </>
  );
}
