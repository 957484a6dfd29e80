import { Box } from '@mantine/core';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { LiveProvider } from '@/shared/live';
import { listenForKeys, useKeys } from '@/shared/ui/keys';
import { PAGES } from '../pages';
import { useText } from '../texts';
import { ConnectionBanner } from './ConnectionBanner';
import { Navigation } from './Navigation';
import { PageComing } from './PageComing';
import { PhoneBar } from './PhoneBar';
import { SandboxRibbon } from './SandboxRibbon';
import classes from './Shell.module.css';
import { useFocusKept } from './useFocusKept';

const Palette = lazy(() => import('./Palette'));
const KeySheet = lazy(() => import('./KeySheet'));

const MAIN_ID = 'main';

/** The frame around every page: ribbon, menu, palette, keys, the live connection. */
export function Shell() {
  const t = useText();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOpen(null);

  useEffect(listenForKeys, []);
  useFocusKept(MAIN_ID);
  useKeys([
    { press: 'Ctrl+K', label: t('keys.palette'), typing: true, run: () => setOpen('palette') },
    { press: '?', label: t('keys.sheet'), run: () => setOpen('keys') },
    ...PAGES.map((page) => ({
      press: `g ${page.letter}`,
      label: t('keys.go', { page: t(`page.${page.name}`) }),
      run: () => void navigate({ to: page.to }),
    })),
  ]);

  return (
    <LiveProvider>
      <PageComing />
      <a className={classes.skip} href={`#${MAIN_ID}`}>
        {t('menu.skip')}
      </a>
      <Box className={classes.shell}>
        <Box component="aside" aria-label={t('menu.notices')} className={classes.ribbon}>
          <SandboxRibbon />
          <ConnectionBanner />
        </Box>
        <Navigation onFind={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
        <Box component="main" id={MAIN_ID} tabIndex={-1} className={classes.main}>
          <Outlet />
        </Box>
        <PhoneBar onFind={() => setOpen('palette')} />
      </Box>
      <Suspense fallback={null}>
        {open === 'palette' && <Palette onClose={close} />}
        {open === 'keys' && <KeySheet onClose={close} />}
      </Suspense>
    </LiveProvider>
  );
}
