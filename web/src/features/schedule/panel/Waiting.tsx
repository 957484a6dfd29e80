import { ActionIcon, Group, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { useCrmRefresh } from '@/shared/crm/business';
import { useText } from '../texts';

/** Who waits for a seat, in order. */
export function Waiting({ sessionId }: { sessionId: number }) {
  const t = useText();
  const onSettled = useCrmRefresh();
  const params = { path: { id: sessionId } };
  const waiting = api.useQuery('get', '/api/schedule/sessions/{id}/waiting', { params });
  const stop = api.useMutation('post', '/api/schedule/sessions/{id}/stop-waiting', { onSettled });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h6" mb="xs">
        {t('panel.waiting')}
      </Title>
      <Stack gap={4} component="ol" pl="lg" m={0}>
        {items.map(({ client, position }) => (
          <li key={client?.id ?? position}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">{client?.name ?? t('panel.erased')}</Text>
              {client && (
                <ActionIcon
                  aria-label={t('panel.stop_waiting', { name: client.name })}
                  loading={stop.isPending}
                  onClick={() => stop.mutate({ params, body: { client_id: client.id } })}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              )}
            </Group>
          </li>
        ))}
      </Stack>
    </section>
  );
}
