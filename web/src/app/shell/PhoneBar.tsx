import { Box, Divider, Drawer, Stack, UnstyledButton } from '@mantine/core';
import { IconDots, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { PAGES } from '../pages';
import { useText } from '../texts';
import { AccountState } from './AccountState';
import { Choices } from './Preferences';
import classes from './Shell.module.css';

/** The menu of a phone: a bar below, and the rest in a drawer. */
export function PhoneBar({ onFind }: { onFind: () => void }) {
  const t = useText();
  const shared = useShared();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Box component="nav" aria-label={t('menu.main')} className={classes.bar}>
      {PAGES.filter((page) => page.onPhone).map((page) => (
        <Link key={page.to} to={page.to} className={classes.tab}>
          <page.icon size={22} stroke={1.6} aria-hidden />
          {t(`page.${page.name}`)}
        </Link>
      ))}
      <UnstyledButton className={classes.tab} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <IconDots size={22} stroke={1.6} aria-hidden />
        {t('menu.more')}
      </UnstyledButton>
      <Drawer
        opened={open}
        onClose={close}
        position="bottom"
        size="auto"
        title={t('menu.more')}
        closeButtonProps={{ 'aria-label': shared('action.close') }}
      >
        <Stack gap={4}>
          <UnstyledButton
            className={classes.link}
            onClick={() => {
              close();
              onFind();
            }}
          >
            <IconSearch size={18} aria-hidden />
            {t('menu.find')}
          </UnstyledButton>
          {PAGES.filter((page) => !page.onPhone).map((page) => (
            <Link key={page.to} to={page.to} className={classes.link} onClick={close}>
              <page.icon size={18} stroke={1.7} aria-hidden />
              {t(`page.${page.name}`)}
            </Link>
          ))}
          <Divider my="xs" />
          <AccountState />
          <Choices />
        </Stack>
      </Drawer>
    </Box>
  );
}
