import { Badge } from '@mantine/core';
import { api } from '@/shared/api/client';
import { count } from '@/shared/format';
import { useText } from '../texts';

/** More than this is only said to be more. */
const MOST_SHOWN = 99;

/** How many dialogs hold something that nobody has read. */
export function UnreadDialogs({ className }: { className?: string }) {
  const t = useText();
  const counts = api.useQuery('get', '/api/dialogs/counts', { params: { query: {} } });
  const unread = counts.data?.unread ?? 0;
  if (unread === 0) return null;
  return (
    <Badge
      className={className}
      size="sm"
      component="span"
      role="img"
      aria-label={t('menu.unread', { count: unread })}
    >
      {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : count(unread)}
    </Badge>
  );
}
