import { NumberInput, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, type Schemas } from '@/shared/api/client';
import { amountProblem } from '@/shared/crm/amountProblem';
import { useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { DirectionSelect } from '@/shared/crm/DirectionSelect';
import { MoneyInput } from '@/shared/crm/MoneyInput';
import { majorOf, minorOf } from '@/shared/crm/money';
import { useText as useCrm } from '@/shared/crm/texts';
import { Dialog } from '@/shared/ui/Dialog';
import { filled } from '@/shared/ui/forms';
import { FormButtons } from '../list/FormButtons';
import { useDone } from '../list/useDone';
import { useText } from '../texts';

const KINDS = ['hall', 'desk', 'meeting_room', 'other'] as const;

/** A place, or a new one. */
export function PlaceForm({ place, onClose }: { place?: Schemas['Place']; onClose: () => void }) {
  const t = useText();
  const crm = useCrm();
  const { currency } = useBusiness();
  const onSettled = useCrmRefresh();
  const price = (money: Schemas['Money'] | null | undefined): number | string =>
    money ? majorOf(money.minor, currency) : '';
  const readable = (value: number | string) => amountProblem(value, currency);
  const form = useForm({
    initialValues: {
      name: place?.name ?? '',
      kind: place?.kind ?? ('hall' as Schemas['PlaceKind']),
      direction: place?.direction ?? null,
      capacity: (place?.capacity ?? '') as number | string,
      price_hour_minor: price(place?.price_hour),
      price_day_minor: price(place?.price_day),
      price_month_minor: price(place?.price_month),
      description: place?.description ?? '',
      active: place?.active ?? true,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('form.name_needed')),
      price_hour_minor: readable,
      price_day_minor: readable,
      price_month_minor: readable,
    },
  });
  const quiet = { meta: { quiet: true }, onSettled };
  const create = api.useMutation('post', '/api/places', quiet);
  const put = api.useMutation('put', '/api/places/{id}', quiet);
  const remove = api.useMutation('delete', '/api/places/{id}', quiet);
  const { header, kept, deleted } = useDone(form, onClose);
  const submit = form.onSubmit((values) => {
    const body = {
      name: values.name.trim(),
      kind: values.kind,
      direction: values.direction,
      capacity: values.capacity === '' ? undefined : Number(values.capacity),
      price_hour_minor: minorOf(values.price_hour_minor, currency),
      price_day_minor: minorOf(values.price_day_minor, currency),
      price_month_minor: minorOf(values.price_month_minor, currency),
      description: filled(values.description),
      active: values.active,
    };
    if (place) put.mutate({ params: { path: { id: place.id } }, body }, kept);
    else create.mutate({ params: { header }, body }, kept);
  });
  return (
    <Dialog opened onClose={onClose} title={place?.name ?? t('places.add')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('form.name')}
            required
            maxLength={255}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              label={t('form.kind')}
              allowDeselect={false}
              data={KINDS.map((value) => ({ value, label: crm(`place.${value}`) }))}
              {...form.getInputProps('kind')}
            />
            <DirectionSelect {...form.getInputProps('direction')} />
            <NumberInput
              label={t('form.people')}
              min={1}
              allowDecimal={false}
              {...form.getInputProps('capacity')}
            />
            <MoneyInput label={t('form.price_hour')} {...form.getInputProps('price_hour_minor')} />
            <MoneyInput label={t('form.price_day')} {...form.getInputProps('price_day_minor')} />
            <MoneyInput label={t('form.price_month')} {...form.getInputProps('price_month_minor')} />
          </SimpleGrid>
          <Textarea
            label={t('form.description')}
            autosize
            minRows={1}
            {...form.getInputProps('description')}
          />
          <Switch label={t('places.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
          <FormButtons
            busy={create.isPending || put.isPending}
            onClose={onClose}
            deleting={remove.isPending}
            onDelete={place && (() => remove.mutate({ params: { path: { id: place.id } } }, deleted))}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
