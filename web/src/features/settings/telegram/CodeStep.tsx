import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, idempotency, newKey } from '@/shared/api/client';
import { showRefusal } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { useAccountSettled } from './useAccountAction';

/** Telegram sent a code: it is typed in here. */
export function CodeStep({ account }: { account: Account }) {
  const t = useText();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() ? null : t('login.code_needed')) },
  });
  const onSettled = useAccountSettled();
  const signIn = api.useMutation('post', '/api/accounts/{id}/sign-in', { meta: { quiet: true }, onSettled });
  const again = api.useMutation('post', '/api/accounts/{id}/request-code', { onSettled });
  const params = () => ({ params: { path: { id: account.id }, header: idempotency(newKey()) } });
  const submit = form.onSubmit(({ code }) =>
    signIn.mutate(
      { ...params(), body: { code: code.trim() } },
      { onError: (error) => showRefusal(form, error) },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-start" gap="xs">
        <TextInput
          label={t('login.code')}
          description={t('login.code_about')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={16}
          {...form.getInputProps('code')}
        />
      </Group>
      <Group gap="xs" mt="sm">
        <Button type="submit" loading={signIn.isPending}>
          {t('login.sign_in')}
        </Button>
        <Button
          variant="subtle"
          loading={again.isPending}
          onClick={() => again.mutate(params(), { onSuccess: () => tell(t('login.sent_again')) })}
        >
          {t('login.send_again')}
        </Button>
      </Group>
    </form>
  );
}
