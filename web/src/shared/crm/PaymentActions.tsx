import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconBan, IconCheck, IconDots, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type Schemas } from '../api/client';
import { Confirm } from '../ui/Confirm';
import { tell } from '../ui/notify';
import { type Payment, useCrmRefresh } from './business';
import { RefundForm } from './RefundForm';
import { useText } from './texts';

/** What can be done with a payment: given back, completed, struck out. */
export function PaymentActions({ payment }: { payment: Payment }) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const [open, setOpen] = useState<'refund' | 'strike' | null>(null);
  const close = () => setOpen(null);
  const change = api.useMutation('patch', '/api/payments/{id}', {
    // Said here and not where it is asked for: the row may have left the list by then.
    onSuccess: ({ status }) => tell(t('done.status', { status: t(`payment.${status}`) })),
    onSettled,
  });
  const set = (status: Schemas['PaymentStatus']) =>
    change.mutate({ params: { path: { id: payment.id } }, body: { status } }, { onSuccess: close });
  const left = payment.amount.minor - payment.refunded.minor;
  const refundable = payment.kind === 'payment' && payment.status === 'completed' && left > 0;
  const pending = payment.status === 'pending';
  const strikable = payment.status === 'completed' && payment.refunded.minor === 0;
  if (!refundable && !pending && !strikable) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            size={30}
            aria-label={t('act.payment', { amount: payment.amount.formatted, id: payment.id })}
            loading={change.isPending}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {refundable && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => setOpen('refund')}
            >
              {t('act.refund')}
            </Menu.Item>
          )}
          {pending && (
            <>
              <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => set('completed')}>
                {t('act.complete')}
              </Menu.Item>
              <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => set('failed')}>
                {t('act.failed')}
              </Menu.Item>
            </>
          )}
          {(strikable || pending) && (
            <Menu.Item leftSection={<IconBan size={16} aria-hidden />} onClick={() => setOpen('strike')}>
              {t('act.strike')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'refund' && <RefundForm payment={payment} onClose={close} />}
      <Confirm
        opened={open === 'strike'}
        title={t('act.strike')}
        action={t('act.strike')}
        busy={change.isPending}
        onConfirm={() => set('cancelled')}
        onClose={close}
      >
        {t('strike_about', { amount: payment.amount.formatted })}
      </Confirm>
    </>
  );
}
