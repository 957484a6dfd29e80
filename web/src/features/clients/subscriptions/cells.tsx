import { Stack, Text } from '@mantine/core';
import { type Subscription, useBusiness } from '@/shared/crm/business';
import { shortDay } from '@/shared/crm/clock';
import { SubscriptionState } from '@/shared/crm/Statuses';
import { text as crm } from '@/shared/crm/texts';
import { TextLink } from '@/shared/ui/links';
import { text, useText } from '../texts';
import { daysTo } from './days';
import { ENDING_DAYS } from './query';
import type { SubscriptionsSearch } from './search';

/** What was sold, by its name. */
export function nameOf(subscription: Subscription): string {
  return subscription.service?.name ?? text('subscription.word');
}

/** Whose it is; the card knows the list to come back to. */
export function Whose({ subscription, list }: { subscription: Subscription; list: SubscriptionsSearch }) {
  const { client } = subscription;
  if (!client)
    return (
      <Text size="sm" c="dimmed">
        {crm('no_client')}
      </Text>
    );
  return (
    <TextLink
      to="/clients/$id"
      params={{ id: client.id }}
      state={{ subscriptions: list }}
      size="sm"
      fw={600}
      style={{ overflowWrap: 'anywhere' }}
    >
      {client.name}
    </TextLink>
  );
}

/** How it stands today, and until when it is frozen. */
export function State({ subscription }: { subscription: Subscription }) {
  const t = useText();
  const { today } = useBusiness();
  const frozen =
    subscription.standing === 'frozen' &&
    subscription.freezes.find((freeze) => freeze.from <= today && freeze.to >= today);
  return (
    <Stack gap={2} align="flex-start">
      <SubscriptionState standing={subscription.standing} />
      {frozen && (
        <Text size="xs" c="dimmed">
          {t('subscriptions.frozen_to', { day: shortDay(frozen.to) })}
        </Text>
      )}
    </Stack>
  );
}

/** Visits that are left; none left is said, because the subscription can not be used though it runs. */
export function Visits({ subscription }: { subscription: Subscription }) {
  const t = useText();
  const { visits_left, visits_total } = subscription;
  if (visits_total == null) return <Text size="sm">{t('subscription.any_visits')}</Text>;
  if (visits_left === 0)
    return (
      <Text size="sm" fw={600}>
        {t('subscriptions.used_up', { total: visits_total })}
      </Text>
    );
  return <Text size="sm">{t('subscription.visits', { left: visits_left ?? 0, total: visits_total })}</Text>;
}

/** The last day that counts, and how soon that is. */
export function Until({ subscription }: { subscription: Subscription }) {
  const t = useText();
  const { today } = useBusiness();
  const { standing, ends_on } = subscription;
  const days = daysTo(ends_on, today);
  const soon = (standing === 'active' || standing === 'frozen') && days <= ENDING_DAYS;
  return (
    <Stack gap={0}>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {shortDay(ends_on)}
      </Text>
      {soon && (
        <Text size="xs" fw={600}>
          {days === 0 ? t('subscriptions.last_day') : t('subscriptions.days_left', { count: days })}
        </Text>
      )}
    </Stack>
  );
}

/** What it was sold for, and what of it is not paid. */
export function SoldFor({ subscription }: { subscription: Subscription }) {
  const t = useText();
  const { price, owed } = subscription;
  return (
    <Stack gap={0}>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {price.formatted}
      </Text>
      {owed.minor > 0 && (
        <Text size="xs" fw={600} c="var(--mantine-color-error)" style={{ whiteSpace: 'nowrap' }}>
          {t('card.debt', { amount: owed.formatted })}
        </Text>
      )}
    </Stack>
  );
}
