import { MultiSelect, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, type Schemas } from '@/shared/api/client';
import { useCrmRefresh, useDirections } from '@/shared/crm/business';
import { Dialog } from '@/shared/ui/Dialog';
import { filled } from '@/shared/ui/forms';
import { FormButtons } from '../list/FormButtons';
import { useDone } from '../list/useDone';
import { useText } from '../texts';
import { Hours } from './Hours';
import { hoursOf, typedHours } from './hours';

/** Somebody of the team, or a new one. */
export function StaffForm({ member, onClose }: { member?: Schemas['Staff']; onClose: () => void }) {
  const t = useText();
  const { items: directions } = useDirections();
  const onSettled = useCrmRefresh();
  const form = useForm({
    initialValues: {
      name: member?.name ?? '',
      position: member?.position ?? '',
      phone: member?.phone ?? '',
      directions: member?.directions ?? [],
      hours: typedHours(member?.hours ?? []),
      notes: member?.notes ?? '',
      active: member?.active ?? true,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('form.name_needed')),
      hours: (value) => (hoursOf(value) ? null : t('staff.hours_wrong')),
    },
  });
  const quiet = { meta: { quiet: true }, onSettled };
  const create = api.useMutation('post', '/api/staff', quiet);
  const put = api.useMutation('put', '/api/staff/{id}', quiet);
  const remove = api.useMutation('delete', '/api/staff/{id}', quiet);
  const { header, kept, deleted } = useDone(form, onClose);
  const submit = form.onSubmit((values) => {
    const body = {
      name: values.name.trim(),
      position: filled(values.position),
      phone: filled(values.phone),
      directions: values.directions,
      hours: hoursOf(values.hours) ?? [],
      notes: filled(values.notes),
      active: values.active,
    };
    if (member) put.mutate({ params: { path: { id: member.id } }, body }, kept);
    else create.mutate({ params: { header }, body }, kept);
  });
  return (
    <Dialog opened onClose={onClose} title={member?.name ?? t('staff.add')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('staff.name')}
              required
              maxLength={255}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <TextInput label={t('staff.position')} maxLength={255} {...form.getInputProps('position')} />
            <TextInput type="tel" label={t('staff.phone')} {...form.getInputProps('phone')} />
            <MultiSelect
              label={t('form.direction')}
              data={directions.map(({ code, name }) => ({ value: code, label: name }))}
              {...form.getInputProps('directions')}
            />
          </SimpleGrid>
          <Hours
            value={form.values.hours}
            error={form.errors.hours}
            onChange={(hours) => form.setFieldValue('hours', hours)}
          />
          <Textarea label={t('form.notes')} autosize minRows={1} {...form.getInputProps('notes')} />
          <Switch label={t('staff.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
          <FormButtons
            busy={create.isPending || put.isPending}
            onClose={onClose}
            deleting={remove.isPending}
            onDelete={member && (() => remove.mutate({ params: { path: { id: member.id } } }, deleted))}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
