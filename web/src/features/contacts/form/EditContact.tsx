import { Button, Group, Select, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import type { Contact } from '@/shared/contact/Facts';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showFirst, showRefusal } from '@/shared/ui/forms';
import { tellUndoable } from '@/shared/ui/notify';
import { STATUSES } from '../search';
import { useText } from '../texts';
import { ContactFields, changeOf, valuesOf } from './ContactFields';

/** Changes what is known of a contact. */
export function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const before = valuesOf(contact);
  const form = useForm({
    initialValues: before,
    validate: { name: (value) => (value.trim() ? null : t('form.name_needed')) },
  });
  const put = api.useMutation('put', '/api/contacts/{id}', {
    meta: { quiet: true },
    onSettled: () => refresh(client, '/api/contacts*'),
  });
  const params = { path: { id: contact.id } };
  const submit = form.onSubmit((after) => {
    const body = changeOf(before, after);
    if (Object.keys(body).length === 0) return onClose();
    put.mutate(
      { params, body },
      {
        onSuccess: () => {
          onClose();
          tellUndoable({
            message: t('done.changed'),
            undo: () => put.mutate({ params, body: changeOf(after, before) }),
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
          <ContactFields form={form} />
          <Select
            label={t('form.status')}
            allowDeselect={false}
            data={STATUSES.map((value) => ({ value, label: shared(`contact_status.${value}`) }))}
            {...form.getInputProps('status')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={put.isPending}>
              {shared('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
