import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { setCsrf } from '@/shared/api/session';
import { words } from '@/shared/ui/notify';
import { usePageTitle } from '@/shared/ui/usePageTitle';
import { useText } from './texts';

/** Where to go after the login: only to our own pages, whatever the address says. */
function within(back: string | undefined): string {
  return back?.startsWith('/') && !back.startsWith('//') && !back.startsWith('/login') ? back : '/';
}

/** Name and password. */
export function LoginPage({ back }: { back: string | undefined }) {
  const t = useText();
  usePageTitle(t('title'));
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: 'admin', password: '' } });
  const logIn = api.useMutation('post', '/api/auth/login', {
    meta: { quiet: true },
    onSuccess: async (answer) => {
      setCsrf(answer.csrf_token);
      client.clear();
      await router.invalidate();
      await navigate({ href: router.history.createHref(within(back)), reloadDocument: false, replace: true });
    },
    onError: (error) => {
      if ((error as unknown) instanceof Problem) form.setErrors((error as unknown as Problem).byField());
    },
  });
  const refused = (logIn.error as unknown) instanceof Problem ? (logIn.error as unknown as Problem) : null;
  return (
    <Center component="main" h="100dvh" p="md" style={{ overflow: 'auto' }}>
      <Paper withBorder p="xl" w={380} maw="100%">
        <form onSubmit={form.onSubmit((body) => logIn.mutate({ body }))}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                {t('title')}
              </Title>
              <Text c="dimmed" size="sm">
                {t('about')}
              </Text>
            </div>
            {refused && refused.fields.length === 0 && (
              <Alert color="red" role="alert">
                {refused.status === 401 ? t('wrong') : words(refused)}
              </Alert>
            )}
            <TextInput
              label={t('name')}
              description={t('name_hint')}
              autoComplete="username"
              required
              {...form.getInputProps('name')}
            />
            <PasswordInput
              label={t('password')}
              autoComplete="current-password"
              required
              data-autofocus
              autoFocus
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={logIn.isPending}>
              {t('enter')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('forgotten')}
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
