import { Button, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, idempotency } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { time } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { isEditable } from '../data/useEdit';
import type { Message } from '../data/useHistory';
import classes from '../inbox.module.css';
import { useText } from '../texts';
import { Ticks } from './Ticks';

/** One message: what, who wrote it, when, how far it got, and why it did not get further. */
export function Bubble({ message, onEdit }: { message: Message; onEdit: (message: Message) => void }) {
  const t = useText();
  const own = message.direction === 'out';
  return (
    <article
      className={classes.bubble}
      data-direction={message.direction}
      data-state={message.state}
      data-deleted={message.deleted_at ? true : undefined}
    >
      <span className={classes.text}>{message.text}</span>
      {message.state === 'failed' && <Failure message={message} />}
      <div className={classes.meta}>
        {own && <span className={classes.author}>{t(`author.${message.author}`)}</span>}
        {message.deleted_at && <span>{t('message.deleted')}</span>}
        {message.edited_at && <span>{t('message.edited')}</span>}
        <time dateTime={message.sent_at}>{time(message.sent_at)}</time>
        {own && <Ticks state={message.state} />}
        {isEditable(message, new Date()) && (
          <UnstyledButton
            className={classes.edit}
            aria-label={t('message.edit')}
            onClick={() => onEdit(message)}
          >
            <IconPencil size={15} aria-hidden />
          </UnstyledButton>
        )}
      </div>
    </article>
  );
}

/** Why a message did not leave, and another try. */
function Failure({ message }: { message: Message }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const retry = api.useMutation('post', '/api/messages/{id}/retry', {
    onSettled: () => refresh(client, '/api/messages/history'),
  });
  const again = () =>
    retry.mutate({ params: { path: { id: message.id }, header: idempotency(`retry-${message.id}`) } });
  return (
    <div className={classes.error}>
      {message.error_text || t('message.failed')}{' '}
      <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={again}>
        {shared('action.retry')}
      </Button>
    </div>
  );
}
