import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { mover } from '@/shared/contact/mover';
import { useText as useContactText } from '@/shared/contact/texts';
import { moment } from '@/shared/format';
import { tell } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { Changes } from './Changes';
import { useText } from './texts';

type Version = Schemas['KnowledgeVersion'];

const SHOWN = 50;

/** Every version of the knowledge base; any can be looked at and brought back. */
export function Versions() {
  const versions = api.useQuery('get', '/api/knowledge/versions', { params: { query: { limit: SHOWN } } });
  return (
    <Loaded query={versions}>
      {({ items }) => (
        <Stack gap="sm">
          {items.map((version) => (
            <VersionPanel key={version.id} version={version} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

function VersionPanel({ version }: { version: Version }) {
  const t = useText();
  const contact = useContactText();
  const [open, setOpen] = useState(false);
  return (
    <Panel>
      <Group justify="space-between" gap="xs">
        <div>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {t('version.name', { id: version.id, text: version.text })}
            </Text>
            {version.in_force && (
              <Badge variant="default" color="teal" tt="none">
                {t('version.in_force')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {moment(version.created_at)}
            {' · '}
            {mover(version.author, contact)}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('version.changes')}
          </Button>
          {!version.in_force && <Restore version={version} />}
        </Group>
      </Group>
      {open && <Detail id={version.id} />}
    </Panel>
  );
}

function Detail({ id }: { id: number }) {
  const detail = api.useQuery('get', '/api/knowledge/versions/{id}', { params: { path: { id } } });
  return <Loaded query={detail}>{(data) => <Changes {...data} />}</Loaded>;
}

function Restore({ version }: { version: Version }) {
  const t = useText();
  const client = useQueryClient();
  const restore = api.useMutation('post', '/api/knowledge/versions/{id}/restore', {
    onSuccess: () => tell(t('version.restored', { id: version.id })),
    onSettled: () => refresh(client, '/api/knowledge*'),
  });
  return (
    <Button
      size="xs"
      variant="default"
      loading={restore.isPending}
      // It makes a new version and is undone the same way, so it is not asked.
      onClick={() => restore.mutate({ params: { path: { id: version.id }, header: idempotency(newKey()) } })}
    >
      {t('version.restore')}
    </Button>
  );
}
