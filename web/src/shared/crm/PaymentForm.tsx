import { Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey, type Schemas } from '../api/client';
import { useText as useShared } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { filled, showRefusal } from '../ui/forms';
import { tell } from '../ui/notify';
import { amountProblem } from './amountProblem';
import { useBusiness, useCrmRefresh } from './business';
import { ClientPicker, type Picked } from './ClientPicker';
import { MoneyInput } from './MoneyInput';
import { METHODS } from './methods';
import { majorOf, minorOf } from './money';
import { type Purpose, usePurposes } from './purposes';
import { useText } from './texts';

interface Props {
  /** Who pays; null to be chosen. */
  client: Picked | null;
  /** What is paid for, as `usePurposes` names it: `booking:12`. */
  purpose?: string;
  onClose: () => void;
}

/** Takes a payment: who, for what, how much, how. */
export function PaymentForm({ client: given, purpose: asked, onClose }: Props) {
  const t = useText();
  const shared = useShared();
  const { currency } = useBusiness();
  const onSettled = useCrmRefresh();
  // One key for the window: however often it is pressed, it is paid once.
  const [key, setKey] = useState(newKey);
  const [client, setClient] = useState(given);
  const purposes = usePurposes(client?.id ?? null);
  const form = useForm({
    initialValues: {
      purpose: asked ?? (null as string | null),
      amount_minor: '' as number | string,
      method: 'card' as Schemas['PaymentMethod'],
      pending: false,
      number: '',
      notes: '',
    },
  });
  const pay = api.useMutation('post', '/api/payments', {
    meta: { quiet: true },
    // Said here and not where it is asked for: the row that opened the window may have left its list by then.
    onSuccess: (payment) => tell(t('pay.done', { amount: payment.amount.formatted })),
    onSettled,
  });
  const { purpose: chosen, amount_minor: typed } = form.values;
  const purpose = purposes.find((one) => one.value === chosen);
  // What is owed stands in the input until the person types another amount.
  const amount = typed === '' && purpose?.minor ? majorOf(purpose.minor, currency) : typed;
  const submit = form.onSubmit((values) => {
    const minor = minorOf(amount, currency);
    if (!minor)
      return form.setFieldError('amount_minor', amountProblem(amount, currency) ?? t('pay.amount_needed'));
    pay.mutate(
      {
        params: { header: idempotency(key) },
        body: {
          client_id: client?.id,
          amount_minor: minor,
          method: values.method,
          status: values.pending ? 'pending' : undefined,
          number: filled(values.number),
          notes: filled(values.notes),
          ...idsOf(purpose),
        },
      },
      {
        onSuccess: onClose,
        onError: (error) => {
          setKey(keyAfter(key, error));
          showRefusal(form, error);
        },
      },
    );
  });
  return (
    <Dialog opened onClose={onClose} title={t('pay.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ClientPicker
            value={client}
            onChange={(next) => {
              setClient(next);
              form.setFieldValue('purpose', null);
            }}
            disabled={given !== null}
            autoFocus={given === null}
          />
          <Select
            label={t('pay.purpose')}
            placeholder={t('pay.purpose_none')}
            clearable
            clearButtonProps={{ 'aria-label': t('pay.purpose_clear') }}
            searchable
            data={grouped(purposes, t)}
            {...form.getInputProps('purpose')}
          />
          <MoneyInput
            label={t('pay.amount')}
            required
            data-autofocus={given !== null || undefined}
            {...form.getInputProps('amount_minor')}
            value={amount}
          />
          <Select
            label={t('pay.method')}
            allowDeselect={false}
            data={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
            {...form.getInputProps('method')}
          />
          <TextInput label={t('pay.number')} maxLength={255} {...form.getInputProps('number')} />
          <Textarea label={t('pay.notes')} autosize minRows={1} {...form.getInputProps('notes')} />
          <Checkbox label={t('pay.pending')} {...form.getInputProps('pending', { type: 'checkbox' })} />
          {client === null && (
            <Text size="xs" c="dimmed">
              {t('pay.nobody')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={pay.isPending}>
              {t('pay.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function idsOf(purpose: Purpose | undefined) {
  if (!purpose) return {};
  return { [`${purpose.kind}_id`]: purpose.id };
}

function grouped(purposes: Purpose[], t: ReturnType<typeof useText>) {
  return (['booking', 'subscription', 'service'] as const)
    .map((kind) => ({
      group: t(`pay.group.${kind}`),
      items: purposes
        .filter((one) => one.kind === kind)
        .map(({ value, name, owed }) => ({
          value,
          label: owed ? t('pay.owed', { name, owed }) : name,
        })),
    }))
    .filter(({ items }) => items.length > 0);
}
