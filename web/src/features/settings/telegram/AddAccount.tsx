import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey } from '@/shared/api/client';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showRefusal } from '@/shared/ui/forms';
import { useText } from '../texts';
import { useAccountSettled } from './useAccountAction';

/** One more account; it is logged in afterwards. */
export function AddAccount({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const [key, setKey] = useState(newKey);
  const form = useForm({
    initialValues: { label: '', phone: '' },
    validate: {
      label: (value) => (value.trim() ? null : t('account.label_needed')),
      phone: (value) => (value.trim() ? null : t('account.phone_needed')),
    },
  });
  const onSettled = useAccountSettled();
  const add = api.useMutation('post', '/api/accounts', { meta: { quiet: true }, onSettled });
  const submit = form.onSubmit((body) =>
    add.mutate(
      { params: { header: idempotency(key) }, body },
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
    <Dialog opened onClose={onClose} title={t('account.add')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('account.label')}
            description={t('account.label_about')}
            maxLength={100}
            required
            data-autofocus
            {...form.getInputProps('label')}
          />
          <TextInput
            label={t('account.phone')}
            description={t('account.phone_about')}
            type="tel"
            placeholder={'+7 916 123-45-67'}
            required
            {...form.getInputProps('phone')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('account.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
