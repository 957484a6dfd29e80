import { Stack, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { moment } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

const SHOWN = 5;

/** The end of the conversation, and the way to all of it. */
export function RecentMessages({ contactId }: { contactId: number }) {
  const t = useText();
  const history = api.useQuery('get', '/api/messages/history', {
    params: { query: { contact_id: contactId, limit: SHOWN } },
  });
  return (
    <Panel title={t('card.messages')}>
      <Loaded query={history} rows={2}>
        {({ items, total }) => (
          <Stack gap="sm">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('card.no_messages')}
              </Text>
            )}
            {items.map((message) => (
              <div key={message.id}>
                <Text size="xs" c="dimmed">
                  {message.direction === 'in' ? t('card.they') : t('card.we')}
                  {' · '}
                  {moment(message.sent_at)}
                </Text>
                <Text size="sm" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
                  {message.text}
                </Text>
              </div>
            ))}
            <TextLink to="/inbox" search={{ contact: contactId }} size="sm">
              {items.length === 0 ? t('card.write_first') : t('card.all_messages', { count: total })}
            </TextLink>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
