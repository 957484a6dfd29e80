import { Box, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconAdjustments, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { api } from '@/shared/api/client';
import { setCsrf } from '@/shared/api/session';
import { type Language, language, switchLanguage } from '@/shared/i18n';
import { useText } from '../texts';
import classes from './Shell.module.css';

/** The look, the language, the keys and the way out; unfolds above its button. */
export function Preferences({ onKeys }: { onKeys: () => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // What unfolds above pushes the button down, in a low window out of sight.
  useEffect(() => {
    if (open) button.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <Box>
      {open && (
        <>
          <Choices />
          <UnstyledButton className={classes.link} onClick={onKeys}>
            <IconKeyboard size={18} stroke={1.7} aria-hidden />
            {t('menu.keys')}
          </UnstyledButton>
          <LogOut />
        </>
      )}
      <UnstyledButton
        ref={button}
        className={classes.link}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconAdjustments size={18} stroke={1.7} aria-hidden />
        <span>{t('menu.preferences')}</span>
      </UnstyledButton>
    </Box>
  );
}

/** Theme and language. */
export function Choices() {
  const t = useText();
  const id = useId();
  const client = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const speak = async (to: string) => {
    await switchLanguage(to as Language);
    // Reasons and the like are written by the server in the language that was asked for.
    await client.invalidateQueries();
  };
  return (
    <Stack gap={6} p="xs">
      <Text size="xs" c="dimmed" id={`${id}-theme`}>
        {t('menu.theme')}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={`${id}-theme`}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`menu.${value}`) }))}
      />
      <Text size="xs" c="dimmed" id={`${id}-language`}>
        {t('menu.language')}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby={`${id}-language`}
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

/** Ends the session, where there is one. */
export function LogOut() {
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
    <UnstyledButton className={classes.link} onClick={() => logOut.mutate({})}>
      <IconLogout size={18} stroke={1.7} aria-hidden />
      {t('menu.log_out')}
    </UnstyledButton>
  );
}
