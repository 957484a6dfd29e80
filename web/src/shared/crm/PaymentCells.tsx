import { Group, Text } from '@mantine/core';
import { TextLink } from '../ui/links';
import { type Payment, useBusiness } from './business';
import { shortDay, wallWords } from './clock';
import { PaymentState } from './Statuses';
import { useText } from './texts';

/** The amount, with what became of it: a refund is taken off, a part may have been given back. */
export function Amount({ payment }: { payment: Payment }) {
  const t = useText();
  const refund = payment.kind === 'refund';
  const counted = payment.status === 'completed';
  return (
    <div>
      <Text
        size="sm"
        fw={650}
        td={counted || payment.status === 'pending' ? undefined : 'line-through'}
        style={{ whiteSpace: 'nowrap' }}
      >
        {refund ? `− ${payment.amount.formatted}` : payment.amount.formatted}
      </Text>
      {payment.refunded.minor > 0 && (
        <Text size="xs" c="dimmed">
          {t('refunded', { amount: payment.refunded.formatted })}
        </Text>
      )}
    </div>
  );
}

/** How it stands: nothing is said of what simply went through. */
export function Standing({ payment }: { payment: Payment }) {
  const t = useText();
  if (payment.kind === 'refund' && payment.status === 'completed')
    return <Text size="sm">{t('refund.word')}</Text>;
  return <PaymentState status={payment.status} />;
}

/** When it was paid; of what is not paid yet, when it was recorded. */
export function PaidAt({ payment }: { payment: Payment }) {
  const { zone } = useBusiness();
  return (
    <Text size="sm" span style={{ whiteSpace: 'nowrap' }}>
      {payment.paid_at
        ? wallWords(payment.paid_at, zone)
        : payment.day
          ? shortDay(payment.day)
          : wallWords(payment.created_at, zone)}
    </Text>
  );
}

/** Who paid. */
export function Payer({ payment }: { payment: Payment }) {
  const t = useText();
  if (!payment.client)
    return (
      <Text size="sm" c="dimmed" span>
        {t('no_client')}
      </Text>
    );
  return (
    <TextLink
      to="/clients/$id"
      params={{ id: payment.client.id }}
      size="sm"
      fw={600}
      style={{ overflowWrap: 'anywhere' }}
      onClick={(event) => event.stopPropagation()}
    >
      {payment.client.name}
    </TextLink>
  );
}

/** For what and how it was paid, in a line. */
export function ForWhat({ payment }: { payment: Payment }) {
  const t = useText();
  const parts = [
    payment.service?.name,
    payment.staff?.name,
    payment.number && t('receipt', { number: payment.number }),
    payment.notes,
  ].filter(Boolean);
  return (
    <Group gap={6}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {parts.join(' · ') || t('pay.purpose_none')}
      </Text>
    </Group>
  );
}
