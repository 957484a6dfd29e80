import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCalendarPlus,
  IconCash,
  IconDots,
  IconPlayerPlay,
  IconSnowflake,
  IconTicket,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { type Subscription, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { PaymentForm } from '@/shared/crm/PaymentForm';
import { useText as useCrm } from '@/shared/crm/texts';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';
import { Extend } from './Extend';
import { Freeze } from './Freeze';
import { SellSubscription } from './SellSubscription';

type Window = 'pay' | 'freeze' | 'extend' | 'sell' | 'cancel';

/** What can be done with a subscription as it stands. */
export function SubscriptionActions({ subscription, name }: { subscription: Subscription; name: string }) {
  const t = useText();
  const crm = useCrm();
  const { today } = useBusiness();
  const [open, setOpen] = useState<Window | null>(null);
  const close = () => setOpen(null);
  const { standing, client, owed, freezes } = subscription;
  if (standing === 'cancelled' || !client) return null;
  const over = standing === 'ended';
  const frozen = freezes.some((freeze) => freeze.to >= today);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={crm('act.more', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {owed.minor > 0 && (
            <Menu.Item leftSection={<IconCash size={16} aria-hidden />} onClick={() => setOpen('pay')}>
              {crm('act.pay', { amount: owed.formatted })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTicket size={16} aria-hidden />} onClick={() => setOpen('sell')}>
            {t('subscription.sell_again')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            onClick={() => setOpen('extend')}
          >
            {t('subscription.extend')}
          </Menu.Item>
          {!over && (
            <Menu.Item
              leftSection={<IconSnowflake size={16} aria-hidden />}
              onClick={() => setOpen('freeze')}
            >
              {t('subscription.freeze')}
            </Menu.Item>
          )}
          {!over && frozen && <Unfreeze id={subscription.id} />}
          {!over && (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => setOpen('cancel')}>
              {t('subscription.cancel')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'pay' && (
        <PaymentForm client={client} purpose={`subscription:${subscription.id}`} onClose={close} />
      )}
      {open === 'sell' && <SellSubscription client={client} after={subscription} onClose={close} />}
      {open === 'extend' && <Extend subscription={subscription} onClose={close} />}
      {open === 'freeze' && <Freeze subscription={subscription} onClose={close} />}
      {open === 'cancel' && <Cancel id={subscription.id} onClose={close} />}
    </>
  );
}

function Unfreeze({ id }: { id: number }) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const unfreeze = api.useMutation('post', '/api/subscriptions/{id}/unfreeze', {
    onSuccess: () => tell(t('done.unfrozen')),
    onSettled,
  });
  return (
    <Menu.Item
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      onClick={() => unfreeze.mutate({ params: { path: { id } } })}
    >
      {t('subscription.unfreeze')}
    </Menu.Item>
  );
}

function Cancel({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const cancel = api.useMutation('post', '/api/subscriptions/{id}/cancel', {
    onSuccess: () => tell(t('done.cancelled')),
    onSettled,
  });
  return (
    <Confirm
      opened
      title={t('subscription.cancel')}
      action={t('subscription.cancel')}
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate({ params: { path: { id } } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('subscription.cancel_about')}
    </Confirm>
  );
}
