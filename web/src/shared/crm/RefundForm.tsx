import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '../api/client';
import { useText as useShared } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { filled, showRefusal } from '../ui/forms';
import { tell } from '../ui/notify';
import { amountProblem } from './amountProblem';
import { type Payment, useBusiness, useCrmRefresh } from './business';
import { MoneyInput } from './MoneyInput';
import { METHODS } from './methods';
import { majorOf, minorOf } from './money';
import { useText } from './texts';

/** Gives money back: all that is left of a payment, or a part of it. */
export function RefundForm({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const { currency } = useBusiness();
  const onSettled = useCrmRefresh();
  const [key, setKey] = useState(newKey);
  const refund = api.useMutation('post', '/api/payments/{id}/refund', {
    meta: { quiet: true },
    // Said here and not where it is asked for: the row that opened the window may have left its list by then.
    onSuccess: (row) => tell(t('refund.done', { amount: row.amount.formatted })),
    onSettled,
  });
  const left = payment.amount.minor - payment.refunded.minor;
  const form = useForm({
    initialValues: {
      amount_minor: majorOf(left, currency) as number | string,
      method: payment.method,
      notes: '',
    },
    validate: {
      amount_minor: (value) =>
        amountProblem(value, currency) ?? (minorOf(value, currency) ? null : t('pay.amount_needed')),
    },
  });
  const submit = form.onSubmit((values) =>
    refund.mutate(
      {
        params: { path: { id: payment.id }, header: idempotency(key) },
        body: {
          amount_minor: minorOf(values.amount_minor, currency),
          method: values.method,
          notes: filled(values.notes),
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
    <Dialog opened onClose={onClose} title={t('refund.title')} fullScreen={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">
            {t('refund.about', {
              amount: payment.amount.formatted,
              refunded: payment.refunded.formatted,
            })}
          </Text>
          <MoneyInput
            label={t('pay.amount')}
            required
            data-autofocus
            {...form.getInputProps('amount_minor')}
          />
          <Select
            label={t('pay.method')}
            allowDeselect={false}
            data={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
            {...form.getInputProps('method')}
          />
          <Textarea label={t('pay.notes')} autosize minRows={1} {...form.getInputProps('notes')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={refund.isPending}>
              {t('refund.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
