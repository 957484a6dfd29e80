import { Text, Timeline } from '@mantine/core';
import { api } from '../api/client';
import { moment } from '../format';
import { useText as useShared } from '../i18n';
import { Loaded } from '../ui/states';
import { mover } from './mover';
import { useText } from './texts';

const SHOWN_MOVES = 20;

/** How the contact moved through the funnel, the newest first. */
export function StageHistory({ contactId }: { contactId: number }) {
  const t = useText();
  const shared = useShared();
  const moves = api.useQuery('get', '/api/contacts/{id}/stages', {
    params: { path: { id: contactId }, query: { limit: SHOWN_MOVES } },
  });
  return (
    <Loaded query={moves} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('panel.no_history')}
          </Text>
        ) : (
          <Timeline bulletSize={12} lineWidth={2} active={items.length}>
            {items.map((move) => (
              <Timeline.Item key={move.id} title={<Text size="sm">{shared(`stage.${move.to}`)}</Text>}>
                <Text size="xs" c="dimmed">
                  {moment(move.created_at)}
                  {' · '}
                  {mover(move.moved_by, t)}
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )
      }
    </Loaded>
  );
}
