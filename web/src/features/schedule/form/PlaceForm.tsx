import { Button, Checkbox, Group, Select, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '@/shared/api/client';
import { amountProblem } from '@/shared/crm/amountProblem';
import { type Booking, choices, useBusiness, useCrmRefresh, usePlaces } from '@/shared/crm/business';
import { ClientPicker, type Picked } from '@/shared/crm/ClientPicker';
import { MoneyInput } from '@/shared/crm/MoneyInput';
import { majorOf, minorOf } from '@/shared/crm/money';
import { useText as useShared } from '@/shared/i18n';
import { filled } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';
import { SlotFields } from './SlotFields';
import { momentsOf, type Slot, typed, typedOf } from './slot';
import { useRefusal } from './useRefusal';

interface Props {
  slot?: Slot;
  booking?: Booking;
  onClose: () => void;
}

/** Books a place for a client and a time, or changes such a booking. */
export function PlaceForm({ slot, booking, onClose }: Props) {
  const t = useText();
  const shared = useShared();
  const { zone, currency } = useBusiness();
  const places = usePlaces();
  const onSettled = useCrmRefresh();
  const [key, setKey] = useState(newKey);
  const [client, setClient] = useState<Picked | null>(booking?.client ?? null);
  const create = api.useMutation('post', '/api/schedule/bookings', { meta: { quiet: true }, onSettled });
  const change = api.useMutation('patch', '/api/schedule/bookings/{id}', {
    meta: { quiet: true },
    onSettled,
  });
  const placeId = booking ? booking.place?.id : slot?.placeId;
  const form = useForm({
    initialValues: {
      ...(booking
        ? typedOf(booking.starts_at, booking.ends_at, zone)
        : typed(slot ?? { day: '', from: 600, to: 660 })),
      client_id: '',
      place_id: placeId == null ? null : String(placeId),
      price_minor: (booking ? majorOf(booking.price.minor, currency) : '') as number | string,
      notes: booking?.notes ?? '',
      notify: false,
    },
    validate: {
      client_id: () => (client ? null : t('form.client_needed')),
      place_id: (value) => (value ? null : t('form.place_needed')),
      price_minor: (value) => amountProblem(value, currency),
      to: (_value, values) => (momentsOf(values, zone) ? null : t('form.time_needed')),
    },
  });
  const refusal = useRefusal(form, onClose);
  const submit = form.onSubmit((values) => {
    const moments = momentsOf(values, zone);
    if (!moments || !client) return;
    refusal.clear();
    const shape = {
      ...moments,
      place_id: Number(values.place_id),
      price_minor: minorOf(values.price_minor, currency) ?? undefined,
      notes: filled(values.notes) ?? null,
      notify: values.notify,
    };
    const after = {
      onSuccess: () => {
        tell(booking ? t('done.changed') : t('done.booked', { name: client.name }));
        onClose();
      },
      onError: (error: unknown) => {
        setKey(keyAfter(key, error));
        refusal.refuse(error);
      },
    };
    if (booking) change.mutate({ params: { path: { id: booking.id } }, body: shape }, after);
    else
      create.mutate(
        { params: { header: idempotency(key) }, body: { ...shape, client_id: client.id } },
        after,
      );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <ClientPicker
          value={client}
          onChange={setClient}
          disabled={Boolean(booking)}
          required
          error={form.errors.client_id}
          autoFocus={!booking}
        />
        <Select
          label={t('form.place')}
          required
          searchable
          data={choices(places.data?.items)}
          {...form.getInputProps('place_id')}
        />
        <SlotFields form={form} days />
        <MoneyInput
          label={t('form.price')}
          placeholder={t('form.price_auto')}
          {...form.getInputProps('price_minor')}
        />
        <Textarea label={t('form.notes')} autosize minRows={1} {...form.getInputProps('notes')} />
        <Checkbox label={t('form.notify_client')} {...form.getInputProps('notify', { type: 'checkbox' })} />
        {refusal.note}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shared('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {booking ? shared('action.save') : t('form.book')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
