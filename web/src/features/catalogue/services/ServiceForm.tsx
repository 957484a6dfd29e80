import { NumberInput, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, type Schemas } from '@/shared/api/client';
import { amountProblem } from '@/shared/crm/amountProblem';
import { useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { DirectionSelect } from '@/shared/crm/DirectionSelect';
import { MoneyInput } from '@/shared/crm/MoneyInput';
import { majorOf, minorOf } from '@/shared/crm/money';
import { Dialog } from '@/shared/ui/Dialog';
import { filled } from '@/shared/ui/forms';
import { FormButtons } from '../list/FormButtons';
import { useDone } from '../list/useDone';
import { useText } from '../texts';

const number = (value: number | string) => (value === '' ? null : Number(value));

/** A service, or a new one. */
export function ServiceForm({ service, onClose }: { service?: Schemas['Service']; onClose: () => void }) {
  const t = useText();
  const { currency } = useBusiness();
  const onSettled = useCrmRefresh();
  const form = useForm({
    initialValues: {
      name: service?.name ?? '',
      direction: service?.direction ?? null,
      category: service?.category ?? '',
      duration_minutes: (service?.duration_minutes ?? 60) as number | string,
      price_minor: (service ? majorOf(service.price.minor, currency) : '') as number | string,
      capacity: (service?.capacity ?? '') as number | string,
      period_days: (service?.period_days ?? '') as number | string,
      visits: (service?.visits ?? '') as number | string,
      description: service?.description ?? '',
      active: service?.active ?? true,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('form.name_needed')),
      price_minor: (value) =>
        amountProblem(value, currency) ?? (value === '' ? t('form.price_needed') : null),
    },
  });
  const quiet = { meta: { quiet: true }, onSettled };
  const create = api.useMutation('post', '/api/services', quiet);
  const put = api.useMutation('put', '/api/services/{id}', quiet);
  const remove = api.useMutation('delete', '/api/services/{id}', quiet);
  const { header, kept, deleted } = useDone(form, onClose);
  const submit = form.onSubmit((values) => {
    const body = {
      name: values.name.trim(),
      direction: values.direction,
      category: filled(values.category),
      duration_minutes: Number(values.duration_minutes),
      price_minor: minorOf(values.price_minor, currency) ?? 0,
      capacity: number(values.capacity),
      period_days: number(values.period_days),
      visits: number(values.visits),
      description: filled(values.description),
      active: values.active,
    };
    if (service) put.mutate({ params: { path: { id: service.id } }, body }, kept);
    else create.mutate({ params: { header }, body }, kept);
  });
  return (
    <Dialog opened onClose={onClose} title={service?.name ?? t('services.add')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('form.name')}
            required
            maxLength={255}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <MoneyInput label={t('form.price')} required {...form.getInputProps('price_minor')} />
            <NumberInput
              label={t('form.duration')}
              min={1}
              allowDecimal={false}
              {...form.getInputProps('duration_minutes')}
            />
            <DirectionSelect {...form.getInputProps('direction')} />
            <NumberInput
              label={t('form.seats')}
              min={1}
              allowDecimal={false}
              {...form.getInputProps('capacity')}
            />
            <NumberInput
              label={t('form.period_days')}
              description={t('form.period_about')}
              min={1}
              allowDecimal={false}
              {...form.getInputProps('period_days')}
            />
            <NumberInput
              label={t('form.visits')}
              description={t('form.visits_about')}
              min={1}
              allowDecimal={false}
              disabled={form.values.period_days === ''}
              {...form.getInputProps('visits')}
            />
          </SimpleGrid>
          <TextInput label={t('form.category')} maxLength={255} {...form.getInputProps('category')} />
          <Textarea
            label={t('form.description')}
            autosize
            minRows={1}
            {...form.getInputProps('description')}
          />
          <Switch label={t('services.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
          <FormButtons
            busy={create.isPending || put.isPending}
            onClose={onClose}
            deleting={remove.isPending}
            onDelete={service && (() => remove.mutate({ params: { path: { id: service.id } } }, deleted))}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
