import { Box, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { PAGES } from '../pages';
import { useText } from '../texts';
import classes from './Shell.module.css';
import { UnreadDialogs } from './UnreadDialogs';

const MoreSheet = lazy(() => import('./MoreSheet'));

/** The menu of a phone: a bar below, and the rest in a drawer. */
export function PhoneBar({ onFind }: { onFind: () => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const elsewhere = !PAGES.some((page) => page.onPhone && pathname.startsWith(page.to));
  return (
    <Box component="nav" aria-label={t('menu.main')} className={classes.bar}>
      {PAGES.filter((page) => page.onPhone).map((page) => (
        <Link key={page.to} to={page.to} className={classes.tab}>
          <page.icon size={22} stroke={1.6} aria-hidden />
          {t(`page.${page.name}`)}
          {page.name === 'inbox' && <UnreadDialogs className={classes.corner} />}
        </Link>
      ))}
      <UnstyledButton
        className={classes.tab}
        data-status={elsewhere ? 'active' : undefined}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        <IconDots size={22} stroke={1.6} aria-hidden />
        {t('menu.more')}
      </UnstyledButton>
      <Suspense fallback={null}>
        {open && <MoreSheet onFind={onFind} onClose={() => setOpen(false)} />}
      </Suspense>
    </Box>
  );
}
