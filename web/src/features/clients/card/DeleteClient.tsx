import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { refreshCrm } from '@/shared/crm/business';
import type { Picked } from '@/shared/crm/ClientPicker';
import { useText as useShared } from '@/shared/i18n';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

/** Takes a card away; the server keeps one that has a past. */
export function DeleteClient({ client }: { client: Picked }) {
  const t = useText();
  const shared = useShared();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = api.useMutation('delete', '/api/clients/{id}', {
    onSuccess: async () => {
      tell(t('done.deleted'));
      await navigate({ to: '/clients' });
      cache.removeQueries({ queryKey: ['get', '/api/clients/{id}'] });
      void refreshCrm(cache);
    },
    onError: () => setAsking(false),
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={36} variant="default" aria-label={shared('action.more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t('delete.action')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('delete.title', { name: client.name })}
        action={t('delete.action')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { path: { id: client.id } } })}
        onClose={() => setAsking(false)}
      >
        {t('delete.about')}
      </Confirm>
    </>
  );
}
