import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api, idempotency, newKey } from '@/shared/api/client';
import { showRefusal } from '@/shared/ui/forms';
import { useText } from '../texts';
import type { Account } from './Accounts';
import { useAccountSettled } from './useAccountAction';

/** The account has a second password, which Telegram asks for after the code or the QR. */
export function PasswordStep({ account }: { account: Account }) {
  const t = useText();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value ? null : t('login.password_needed')) },
  });
  const onSettled = useAccountSettled();
  const send = api.useMutation('post', '/api/accounts/{id}/password', { meta: { quiet: true }, onSettled });
  const submit = form.onSubmit((body) =>
    send.mutate(
      { params: { path: { id: account.id }, header: idempotency(newKey()) }, body },
      { onError: (error) => showRefusal(form, error) },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <PasswordInput
        label={t('login.password')}
        description={t('login.password_about')}
        autoComplete="current-password"
        maw={360}
        visibilityToggleButtonProps={{ 'aria-label': t('login.show_password') }}
        // Mantine's input of a password does not say so by itself.
        aria-invalid={form.errors.password ? true : undefined}
        {...form.getInputProps('password')}
      />
      <Button type="submit" mt="sm" loading={send.isPending}>
        {t('login.sign_in')}
      </Button>
    </form>
  );
}
