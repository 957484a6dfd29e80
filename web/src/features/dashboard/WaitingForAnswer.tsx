import { Badge, Group, Stack, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { shortMoment } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from './texts';

const SHOWN = 5;

/** Whose messages nobody has seen yet. */
export function WaitingForAnswer() {
  const t = useText();
  const shared = useShared();
  const dialogs = api.useQuery('get', '/api/dialogs', {
    params: { query: { tab: 'unread', sort: '-last_message_at', limit: SHOWN } },
  });
  return (
    <Panel title={t('waiting.title')}>
      <Loaded query={dialogs} rows={2}>
        {({ items, total }) => (
          <Stack gap="xs" align="stretch">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('waiting.none')}
              </Text>
            )}
            {items.map((dialog) => (
              <div key={dialog.contact_id}>
                <Group gap="xs" justify="space-between" wrap="nowrap">
                  <TextLink to="/inbox" search={{ contact: dialog.contact_id }} size="sm" fw={600}>
                    {dialog.contact_name || shared('state.unknown_name')}
                  </TextLink>
                  <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
                    <Text size="xs" c="dimmed">
                      {shortMoment(dialog.last_message_at)}
                    </Text>
                    <Badge size="sm" circle={dialog.unread < 10}>
                      {dialog.unread}
                    </Badge>
                  </Group>
                </Group>
                {dialog.last_message && (
                  <Text size="sm" c="dimmed" lineClamp={1}>
                    {dialog.last_message.text}
                  </Text>
                )}
              </div>
            ))}
            {total > items.length && (
              <TextLink to="/inbox" search={{ tab: 'unread' }} size="sm">
                {t('waiting.all', { total })}
              </TextLink>
            )}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
