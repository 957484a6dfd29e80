import { Group, Stack, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { useBusiness } from '@/shared/crm/business';
import { clockTime, wallOf } from '@/shared/crm/clock';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from './texts';

const SHOWN = 12;

/** Today's sessions, in their order. */
export function Today({ day }: { day: string }) {
  const t = useText();
  const { zone } = useBusiness();
  const sessions = api.useQuery('get', '/api/schedule/sessions', {
    params: {
      query: { from_day: day, to_day: day, status: 'scheduled', sort: 'starts_at', limit: SHOWN },
    },
  });
  return (
    <Panel title={t('today.title')}>
      <Loaded query={sessions} rows={3}>
        {({ items, total }) => (
          <Stack gap={6} align="stretch">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('today.none')}
              </Text>
            )}
            {items.map((session) => (
              <Group key={session.id} gap="sm" wrap="nowrap" align="flex-start">
                <Text size="sm" fw={600} style={{ flex: 'none' }}>
                  {clockTime(wallOf(session.starts_at, zone).minutes)}
                </Text>
                <div style={{ minWidth: 0, flex: 1 }}>
                  <TextLink to="/schedule" search={{ view: 'day', day, session: session.id }} size="sm">
                    {session.service?.name ?? `#${session.id}`}
                  </TextLink>
                  <Text size="xs" c="dimmed">
                    {[session.staff?.name, session.place?.name].filter(Boolean).join(' · ')}
                  </Text>
                </div>
                <Text size="sm" style={{ flex: 'none' }}>
                  {t('today.seats', { taken: session.seats_taken, all: session.capacity })}
                </Text>
              </Group>
            ))}
            <Group>
              <ButtonLink to="/schedule" search={{ view: 'day', day }} size="xs" variant="default">
                {total > items.length ? t('today.all', { total }) : t('today.open')}
              </ButtonLink>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
