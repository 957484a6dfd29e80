import { Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '@/shared/api/client';
import { amountProblem } from '@/shared/crm/amountProblem';
import { choices, type Subscription, useBusiness, useCrmRefresh, useServices } from '@/shared/crm/business';
import type { Picked } from '@/shared/crm/ClientPicker';
import { plusDays } from '@/shared/crm/clock';
import { MoneyInput } from '@/shared/crm/MoneyInput';
import { minorOf } from '@/shared/crm/money';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { filled, showRefusal } from '@/shared/ui/forms';
import { TextLink } from '@/shared/ui/links';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

interface Props {
  client: Picked;
  /** The one that is sold once more: the new one begins when it ends. */
  after?: Subscription;
  onClose: () => void;
}

/** Sells a subscription: days, visits and price are the service's unless others are typed. */
export function SellSubscription({ client, after, onClose }: Props) {
  const t = useText();
  const shared = useShared();
  const { today, currency } = useBusiness();
  const services = useServices();
  const onSettled = useCrmRefresh();
  const [key, setKey] = useState(newKey);
  const sold = services.data?.items.filter((service) => service.period_days != null) ?? [];
  const form = useForm({
    initialValues: {
      service_id: after?.service ? String(after.service.id) : null,
      starts_on: after && after.ends_on >= today ? plusDays(after.ends_on, 1) : today,
      ends_on: '',
      visits: '' as number | string,
      price_minor: '' as number | string,
      number: '',
    },
    validate: {
      service_id: (value) => (value ? null : t('subscription.service_needed')),
      price_minor: (value) => amountProblem(value, currency),
    },
  });
  const service = sold.find((one) => String(one.id) === form.values.service_id);
  const sell = api.useMutation('post', '/api/subscriptions', {
    meta: { quiet: true },
    onSuccess: () => tell(t('done.sold')),
    onSettled,
  });
  const submit = form.onSubmit((values) =>
    sell.mutate(
      {
        params: { header: idempotency(key) },
        body: {
          client_id: client.id,
          service_id: Number(values.service_id),
          starts_on: filled(values.starts_on),
          ends_on: filled(values.ends_on),
          visits: values.visits === '' ? undefined : Number(values.visits),
          price_minor: minorOf(values.price_minor, currency) ?? undefined,
          number: filled(values.number),
        },
      },
      {
        onSuccess: onClose,
        onError: (error) => {
          setKey(keyAfter(key, error));
          showRefusal(form, error);
        },
      },
    ),
  );
  return (
    <Dialog opened onClose={onClose} title={t('subscription.sell')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Select
            label={t('subscription.service')}
            required
            searchable
            openOnFocus={false}
            data-autofocus
            data={choices(sold)}
            nothingFoundMessage={t('subscription.no_services')}
            description={
              services.data && sold.length === 0 ? (
                <>
                  {t('subscription.no_services')}{' '}
                  <TextLink to="/catalogue" size="xs">
                    {t('subscription.to_catalogue')}
                  </TextLink>
                </>
              ) : undefined
            }
            {...form.getInputProps('service_id')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput type="date" label={t('subscription.from')} {...form.getInputProps('starts_on')} />
            <TextInput
              type="date"
              label={t('subscription.to')}
              description={
                service?.period_days ? t('subscription.days', { count: service.period_days }) : undefined
              }
              {...form.getInputProps('ends_on')}
            />
            <NumberInput
              label={t('subscription.visits_total')}
              placeholder={service ? (service.visits?.toString() ?? t('subscription.any_visits')) : undefined}
              min={1}
              allowDecimal={false}
              hideControls
              {...form.getInputProps('visits')}
            />
            <MoneyInput
              label={t('subscription.price')}
              placeholder={service?.price.formatted}
              {...form.getInputProps('price_minor')}
            />
          </SimpleGrid>
          <TextInput label={t('form.subscription_number')} maxLength={64} {...form.getInputProps('number')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={sell.isPending}>
              {t('subscription.sell')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
