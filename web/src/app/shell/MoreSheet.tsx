import { Divider, Drawer, Stack, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText as useShared } from '@/shared/i18n';
import { PAGES } from '../pages';
import { useText } from '../texts';
import { AccountState } from './AccountState';
import { Choices, LogOut } from './Preferences';
import classes from './Shell.module.css';

/** What does not fit into a phone's bar. */
export default function MoreSheet({ onFind, onClose }: { onFind: () => void; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t('menu.more')}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <Stack gap={4}>
        <UnstyledButton
          className={classes.link}
          onClick={() => {
            onClose();
            onFind();
          }}
        >
          <IconSearch size={18} aria-hidden />
          {t('menu.find')}
        </UnstyledButton>
        {PAGES.filter((page) => !page.onPhone).map((page) => (
          <Link key={page.to} to={page.to} className={classes.link} onClick={onClose}>
            <page.icon size={18} stroke={1.7} aria-hidden />
            {t(`page.${page.name}`)}
          </Link>
        ))}
        <Divider my="xs" />
        <AccountState />
        <Choices />
        <LogOut />
      </Stack>
    </Drawer>
  );
}
