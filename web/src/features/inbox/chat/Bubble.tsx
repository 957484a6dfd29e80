import { Text } from '@mantine/core';
import { time } from '@/shared/format';
import type { Message } from '../data/useHistory';
import classes from '../inbox.module.css';
import { useText } from '../texts';
import { Ticks } from './Ticks';

/** One message: what, who wrote it, when, how far it got, and why it did not get further. */
export function Bubble({ message }: { message: Message }) {
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
      {message.state === 'failed' && (
        <Text className={classes.error}>{message.error_text || t('message.failed')}</Text>
      )}
      <div className={classes.meta}>
        {own && <span className={classes.author}>{t(`author.${message.author}`)}</span>}
        {message.deleted_at && <span>{t('message.deleted')}</span>}
        {message.edited_at && <span>{t('message.edited')}</span>}
        <time dateTime={message.sent_at}>{time(message.sent_at)}</time>
        {own && <Ticks state={message.state} />}
      </div>
    </article>
  );
}
