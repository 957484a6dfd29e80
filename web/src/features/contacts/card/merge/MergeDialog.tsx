import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import type { Contact } from '@/shared/contact/Facts';
import { refreshCrm } from '@/shared/crm/business';
import { Refused } from '@/shared/crm/Refused';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { tell } from '@/shared/ui/notify';
import { useOnce } from '@/shared/ui/useOnce';
import { useText } from '../../texts';
import { ChooseOther } from './ChooseOther';
import { Comparison } from './Comparison';

/** Makes one contact of two records of the same person: chooses the other, shows what will be kept, and merges. */
export function MergeDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const [other, setOther] = useState<Contact | null>(null);
  const [key, setKey] = useState(newKey);
  const merge = api.useMutation('post', '/api/contacts/{id}/merge', { meta: { quiet: true } });
  const once = useOnce();
  const failure: unknown = merge.error;
  const choose = (one: Contact | null) => {
    merge.reset();
    setKey(newKey());
    setOther(one);
  };
  const run = (one: Contact) => {
    if (!once.begin()) return;
    merge.mutate(
      { params: { path: { id: contact.id }, header: idempotency(key) }, body: { with: one.id } },
      {
        onSuccess: () => {
          onClose();
          tell(t('merge.done', { name: one.name || shared('state.unknown_name') }));
          void refresh(client, '/api/contacts*', '/api/dialogs*', '/api/messages/history');
          void refreshCrm(client);
        },
        onSettled: once.end,
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t('merge.title')} size="lg">
      {other === null ? (
        <ChooseOther contact={contact} onChoose={choose} />
      ) : (
        <Stack gap="sm">
          <Text size="sm">{t('merge.about')}</Text>
          <Text size="sm">{t('merge.clients')}</Text>
          <Comparison kept={contact} other={other} />
          {Boolean(failure) && <Refused error={failure} onLeave={onClose} />}
          <Group justify="space-between">
            <Button variant="default" onClick={() => choose(null)}>
              {t('merge.another')}
            </Button>
            <Button loading={merge.isPending} onClick={() => run(other)}>
              {t('merge.button')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
