import { Alert, Button, Code, CopyButton, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showRefusal } from '@/shared/ui/forms';
import { useText } from '../texts';

const SCOPES = ['read', 'write', 'admin'] as const;

/** A new token: named, then shown once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [made, setMade] = useState<Schemas['NewToken'] | null>(null);
  return (
    <Dialog
      opened
      onClose={onClose}
      // The token is never shown again: a press beside the window must not lose it.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      title={made ? t('token.ready', { name: made.name }) : t('token.new')}
    >
      {made ? <Shown token={made.token} onClose={onClose} /> : <Form onMade={setMade} onClose={onClose} />}
    </Dialog>
  );
}

function Form(props: { onMade: (token: Schemas['NewToken']) => void; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  const form = useForm({
    initialValues: { name: '', scope: 'read' as Schemas['Scope'] },
    validate: { name: (value) => (value.trim() ? null : t('token.name_needed')) },
  });
  const make = api.useMutation('post', '/api/tokens', {
    meta: { quiet: true },
    onSettled: () => refresh(client, '/api/tokens'),
  });
  const system = api.useQuery('get', '/api/system');
  const submit = form.onSubmit((body) =>
    make.mutate(
      { params: { header: idempotency(key) }, body },
      {
        onSuccess: props.onMade,
        onError: (error) => {
          setKey(keyAfter(key, error));
          showRefusal(form, error);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('token.name')}
          description={t('token.name_about')}
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={t('token.scope')}
          description={t(`scope_about.${form.values.scope}`)}
          allowDeselect={false}
          data={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
          {...form.getInputProps('scope')}
        />
        {system.data?.closed === false && (
          <Alert color="orange" variant="outline" icon={<IconAlertTriangle aria-hidden />}>
            {t('token.closes')}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {shared('action.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('token.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Shown({ token, onClose }: { token: string; onClose: () => void }) {
  const t = useText();
  return (
    <Stack gap="sm">
      <Alert color="orange" variant="outline" icon={<IconAlertTriangle aria-hidden />}>
        {t('token.once')}
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {token}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} data-autofocus>
              {copied ? t('token.copied') : t('token.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('token.saved')}</Button>
      </Group>
    </Stack>
  );
}
