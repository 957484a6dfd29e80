import { NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, type Schemas } from '@/shared/api/client';
import { useCrmRefresh } from '@/shared/crm/business';
import { Dialog } from '@/shared/ui/Dialog';
import { FormButtons } from '../list/FormButtons';
import { useDone } from '../list/useDone';
import { useText } from '../texts';

/** A direction, or a new one. */
export function DirectionForm({
  direction,
  onClose,
}: {
  direction?: Schemas['Direction'];
  onClose: () => void;
}) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const form = useForm({
    initialValues: {
      code: direction?.code ?? '',
      name: direction?.name ?? '',
      position: (direction?.position ?? 0) as number | string,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('form.name_needed')),
      code: (value) => (/^[a-z0-9_-]{1,64}$/.test(value) ? null : t('directions.code_wrong')),
    },
  });
  const quiet = { meta: { quiet: true }, onSettled };
  const put = api.useMutation('put', '/api/directions/{code}', quiet);
  const remove = api.useMutation('delete', '/api/directions/{code}', quiet);
  const { kept, deleted } = useDone(form, onClose);
  const submit = form.onSubmit(({ code, name, position }) =>
    put.mutate({ params: { path: { code } }, body: { name: name.trim(), position: Number(position) } }, kept),
  );
  return (
    <Dialog opened onClose={onClose} title={direction?.name ?? t('directions.add')} fullScreen={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('form.name')}
            required
            maxLength={255}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('directions.code')}
            description={t('directions.code_about')}
            required
            readOnly={Boolean(direction)}
            {...form.getInputProps('code')}
          />
          <NumberInput
            label={t('directions.position')}
            min={0}
            allowDecimal={false}
            {...form.getInputProps('position')}
          />
          <FormButtons
            busy={put.isPending}
            onClose={onClose}
            deleting={remove.isPending}
            onDelete={
              direction && (() => remove.mutate({ params: { path: { code: direction.code } } }, deleted))
            }
          />
        </Stack>
      </form>
    </Dialog>
  );
}
