import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '@/shared/api/client';
import { amountProblem } from '@/shared/crm/amountProblem';
import {
  choices,
  type Session,
  useBusiness,
  useCrmRefresh,
  usePlaces,
  useServices,
  useStaff,
} from '@/shared/crm/business';
import { clockTime, minutesOf } from '@/shared/crm/clock';
import { MoneyInput } from '@/shared/crm/MoneyInput';
import { majorOf, minorOf } from '@/shared/crm/money';
import { useText as useShared } from '@/shared/i18n';
import { filled } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';
import { SlotFields } from './SlotFields';
import { momentsOf, type Slot, typed, typedInOneDay } from './slot';
import { useRefusal } from './useRefusal';

interface Props {
  /** Where a new session goes; or the session that is changed. */
  slot?: Slot;
  session?: Session;
  onClose: () => void;
}

const asId = (value: string | null) => (value ? Number(value) : null);

/** A new session or a change of one: what, when, with whom, where. */
export function SessionForm({ slot, session, onClose }: Props) {
  const t = useText();
  const shared = useShared();
  const { zone, currency } = useBusiness();
  const [services, staff, places] = [useServices(), useStaff(), usePlaces()];
  const onSettled = useCrmRefresh();
  const [key, setKey] = useState(newKey);
  const create = api.useMutation('post', '/api/schedule/sessions', { meta: { quiet: true }, onSettled });
  const change = api.useMutation('patch', '/api/schedule/sessions/{id}', {
    meta: { quiet: true },
    onSettled,
  });
  const when = session
    ? typedInOneDay(session.starts_at, session.ends_at, zone)
    : typed(slot ?? { day: '', from: 600, to: 660 });
  const form = useForm({
    initialValues: {
      ...when,
      service_id: session?.service ? String(session.service.id) : (null as string | null),
      staff_id: textOf(session ? session.staff?.id : slot?.staffId),
      place_id: textOf(session ? session.place?.id : slot?.placeId),
      capacity: (session?.capacity ?? '') as number | string,
      price_minor: (session ? majorOf(session.price.minor, currency) : '') as number | string,
      notes: session?.notes ?? '',
      repeat_until: '',
      notify: false,
    },
    validate: {
      service_id: (value) => (value ? null : t('form.service_needed')),
      price_minor: (value) => amountProblem(value, currency),
      to: (_value, values) => (momentsOf(values, zone) ? null : t('form.time_needed')),
    },
  });
  const service = services.data?.items.find((one) => String(one.id) === form.values.service_id);
  const chooseService = (value: string | null) => {
    form.setFieldValue('service_id', value);
    const chosen = services.data?.items.find((one) => String(one.id) === value);
    const from = minutesOf(form.values.from);
    // As long as it takes, unless the person has dragged or typed another length.
    if (chosen && from !== null && !session && !slot?.exact && !form.isDirty('to'))
      form.setFieldValue('to', clockTime(from + chosen.duration_minutes));
  };
  const done = (message: string) => {
    tell(message);
    onClose();
  };
  const refusal = useRefusal(form, onClose);
  const submit = form.onSubmit((values) => {
    const moments = momentsOf(values, zone);
    if (!moments) return;
    refusal.clear();
    const shape = {
      ...moments,
      service_id: Number(values.service_id),
      staff_id: asId(values.staff_id),
      place_id: asId(values.place_id),
      capacity: values.capacity === '' ? undefined : Number(values.capacity),
      price_minor: minorOf(values.price_minor, currency) ?? undefined,
      notes: filled(values.notes) ?? null,
    };
    const onError = (error: unknown) => {
      setKey(keyAfter(key, error));
      refusal.refuse(error);
    };
    if (session)
      change.mutate(
        { params: { path: { id: session.id } }, body: { ...shape, notify: values.notify } },
        { onSuccess: () => done(t('done.changed')), onError },
      );
    else
      create.mutate(
        {
          params: { header: idempotency(key) },
          body: { ...shape, repeat_until: filled(values.repeat_until) },
        },
        {
          onSuccess: ({ items }) => done(t('done.created', { count: items.length })),
          onError,
        },
      );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Select
          label={t('form.service')}
          required
          searchable
          openOnFocus={false}
          data={choices(services.data?.items)}
          {...form.getInputProps('service_id')}
          onChange={chooseService}
          data-autofocus
        />
        <SlotFields form={form} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Chooser label={t('form.staff')} rows={staff.data?.items} {...form.getInputProps('staff_id')} />
          <Chooser label={t('form.place')} rows={places.data?.items} {...form.getInputProps('place_id')} />
          <NumberInput
            label={t('form.capacity')}
            placeholder={service?.capacity ? String(service.capacity) : undefined}
            min={1}
            max={1000}
            allowDecimal={false}
            {...form.getInputProps('capacity')}
          />
          <MoneyInput
            label={t('form.price')}
            placeholder={service?.price.formatted}
            {...form.getInputProps('price_minor')}
          />
        </SimpleGrid>
        {!session && (
          <TextInput
            type="date"
            label={t('form.repeat_until')}
            description={t('form.repeat_about')}
            min={form.values.day}
            {...form.getInputProps('repeat_until')}
          />
        )}
        <Textarea label={t('form.notes')} autosize minRows={1} {...form.getInputProps('notes')} />
        {session && session.seats_taken > 0 && (
          <Checkbox label={t('form.notify')} {...form.getInputProps('notify', { type: 'checkbox' })} />
        )}
        {refusal.note}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shared('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {session ? shared('action.save') : t('form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function textOf(id: number | null | undefined): string | null {
  return id == null ? null : String(id);
}

function Chooser(props: {
  label: string;
  rows: readonly { id: number; name: string }[] | undefined;
  value?: string | null;
  onChange?: (value: string | null) => void;
}) {
  const t = useText();
  const { rows, ...others } = props;
  return (
    <Select
      placeholder={t('form.none')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('form.clear', { name: props.label }) }}
      data={choices(rows)}
      {...others}
    />
  );
}
