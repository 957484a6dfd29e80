import { Avatar, Badge, Text, Tooltip } from '@mantine/core';
import { IconLock, IconRobot, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { shortMoment } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Ticks } from '../chat/Ticks';
import type { Dialog } from '../data/merge';
import classes from '../inbox.module.css';
import { useText } from '../texts';

interface Props {
  dialog: Dialog;
  top: number;
  current: boolean;
}

/** One dialog in the list: who, when, the last words, who answers, how much is unread. */
export const DialogRow = memo(function DialogRow({ dialog, top, current }: Props) {
  const shared = useShared();
  const name = dialog.contact_name || shared('state.unknown_name');
  return (
    <li>
      <Link
        to="/inbox"
        search={(before) => ({ ...before, contact: dialog.contact_id })}
        className={classes.row}
        style={{ transform: `translateY(${top}px)` }}
        aria-current={current || undefined}
        preload={false}
      >
        <Avatar name={name} color="initials" radius="xl" size={44} aria-hidden />
        <div style={{ minWidth: 0 }}>
          <div className={classes.line}>
            <Text span fw={600} size="sm" className={classes.grow}>
              {name}
            </Text>
            <Owner dialog={dialog} />
            <Text span size="xs" c="dimmed">
              {shortMoment(dialog.last_message_at)}
            </Text>
          </div>
          <div className={classes.line}>
            <LastWords dialog={dialog} />
            {dialog.unread > 0 && <Unread count={dialog.unread} />}
          </div>
        </div>
      </Link>
    </li>
  );
});

function LastWords({ dialog }: { dialog: Dialog }) {
  const t = useText();
  const last = dialog.last_message;
  if (!last) return <span className={classes.grow} />;
  const own = last.direction === 'out';
  return (
    <>
      {own && <Ticks state={last.state} />}
      <Text span size="sm" c="dimmed" className={classes.grow}>
        {own && last.author === 'operator' ? t('list.you', { text: last.text }) : last.text}
      </Text>
    </>
  );
}

function Owner({ dialog }: { dialog: Dialog }) {
  const t = useText();
  const { icon: Icon, label } = dialog.closed_at
    ? { icon: IconLock, label: t('owner.closed') }
    : dialog.owner === 'ai'
      ? { icon: IconRobot, label: t('owner.ai') }
      : { icon: IconUser, label: t('owner.human') };
  return (
    <Tooltip label={label}>
      <Icon size={15} stroke={1.7} role="img" aria-label={label} style={{ flex: 'none', opacity: 0.75 }} />
    </Tooltip>
  );
}

function Unread({ count }: { count: number }) {
  const t = useText();
  return (
    <Badge size="sm" circle={count < 10} component="span" aria-label={t('list.unread', { count })}>
      {count > 99 ? '99+' : count}
    </Badge>
  );
}
