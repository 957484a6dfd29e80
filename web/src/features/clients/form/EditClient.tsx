import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '@/shared/api/client';
import { type Client, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showFirst, showRefusal } from '@/shared/ui/forms';
import { TextLink } from '@/shared/ui/links';
import { tellUndoable } from '@/shared/ui/notify';
import { useText } from '../texts';
import { ClientFields, changeOf, isBornLater, valuesOf } from './ClientFields';

/** Changes a client's card. Name and phone are the contact's. */
export function EditClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const before = valuesOf(client);
  const { today } = useBusiness();
  const form = useForm({
    initialValues: before,
    validate: {
      birth_date: (_value, values) => (isBornLater(values, today) ? t('form.birth_later') : null),
    },
  });
  const onSettled = useCrmRefresh();
  const patch = api.useMutation('patch', '/api/clients/{id}', { meta: { quiet: true }, onSettled });
  const params = { path: { id: client.id } };
  const submit = form.onSubmit((after) => {
    const body = changeOf(before, after);
    if (Object.keys(body).length === 0) return onClose();
    patch.mutate(
      { params, body },
      {
        onSuccess: () => {
          onClose();
          tellUndoable({
            message: t('done.changed'),
            undo: () => patch.mutate({ params, body: changeOf(after, before) }),
          });
        },
        onError: (error) => showRefusal(form, error),
      },
    );
  }, showFirst);
  return (
    <Dialog opened onClose={onClose} title={t('edit')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('form.of_contact')}{' '}
            <TextLink to="/contacts/$id" params={{ id: client.contact_id }} size="sm">
              {t('card.contact')}
            </TextLink>
          </Text>
          <ClientFields form={form} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={patch.isPending}>
              {shared('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
