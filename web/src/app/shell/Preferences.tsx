import { Menu, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconAdjustments, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
import { setCsrf } from '@/shared/api/session';
import { type Language, language, switchLanguage } from '@/shared/i18n';
import { useText } from '../texts';
import classes from './Shell.module.css';

/** The look, the language, and the way out. */
export function Preferences({ onKeys }: { onKeys: () => void }) {
  const t = useText();
  return (
    <Menu position="top-start" width={250} trapFocus>
      <Menu.Target>
        <UnstyledButton className={classes.link}>
          <IconAdjustments size={18} stroke={1.7} aria-hidden />
          <span>{t('menu.preferences')}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onKeys}>
          {t('menu.keys')}
        </Menu.Item>
        <LogOut />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Theme and language. */
export function Choices() {
  const t = useText();
  const client = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const speak = async (to: string) => {
    await switchLanguage(to as Language);
    // Reasons and the like are written by the server in the language that was asked for.
    await client.invalidateQueries();
  };
  return (
    <Stack gap="xs" p="xs">
      <Text size="xs" c="dimmed" id="choose-theme">
        {t('menu.theme')}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="choose-theme"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`menu.${value}`) }))}
      />
      <Text size="xs" c="dimmed" id="choose-language">
        {t('menu.language')}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="choose-language"
        value={language()}
        onChange={(value) => void speak(value)}
        data={[
          { value: 'ru', label: t('menu.russian') },
          { value: 'en', label: t('menu.english') },
        ]}
      />
    </Stack>
  );
}

function LogOut() {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = api.useQuery('get', '/api/auth/me');
  const logOut = api.useMutation('post', '/api/auth/logout', {
    onSuccess: async () => {
      setCsrf(null);
      await navigate({ to: '/login', search: {} });
      client.clear();
    },
  });
  if (me.data?.kind !== 'user') return null;
  return (
    <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => logOut.mutate({})}>
      {t('menu.log_out')}
    </Menu.Item>
  );
}
