import { Box, Kbd, Text, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PAGES } from '../pages';
import { useText } from '../texts';
import { AccountState } from './AccountState';
import { Logo } from './Logo';
import { Preferences } from './Preferences';
import classes from './Shell.module.css';
import { UnreadDialogs } from './UnreadDialogs';

/** The menu at the side. */
export function Navigation({ onFind, onKeys }: { onFind: () => void; onKeys: () => void }) {
  const t = useText();
  return (
    <Box component="nav" aria-label={t('menu.main')} className={classes.nav}>
      <Box className={classes.brand}>
        <Logo />
      </Box>
      <UnstyledButton className={classes.link} onClick={onFind}>
        <IconSearch size={18} stroke={1.7} aria-hidden />
        <span>{t('menu.find')}</span>
        <Kbd className={classes.badge} size="xs" aria-hidden>
          {'Ctrl K'}
        </Kbd>
      </UnstyledButton>
      {PAGES.map((page) => (
        <Link key={page.to} to={page.to} className={classes.link}>
          <page.icon size={18} stroke={1.7} aria-hidden />
          <Text span size="sm" fw="inherit">
            {t(`page.${page.name}`)}
          </Text>
          {page.name === 'inbox' && <UnreadDialogs className={classes.badge} />}
        </Link>
      ))}
      <Box className={classes.grow} />
      <AccountState />
      <Preferences onKeys={onKeys} />
    </Box>
  );
}
