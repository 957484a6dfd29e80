import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { count } from '@/shared/format';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

/** Takes a whole upload back: who came by it goes, who was changed by it is as before. */
export function Undo({ found }: { found: Schemas['Import'] }) {
  const t = useText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const undo = api.useMutation('post', '/api/imports/{id}/undo', {
    onSuccess: (report) => {
      const { deleted, restored, kept } = report;
      tell(t('undo.done', { deleted: count(deleted), restored: count(restored), kept: count(kept.length) }));
    },
    onSettled: () => {
      setAsking(false);
      return refresh(client, '/api/imports*', '/api/contacts*');
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('undo.button')}
      </Button>
      <Confirm
        opened={asking}
        title={t('undo.title')}
        action={t('undo.button')}
        busy={undo.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => undo.mutate({ params: { path: { id: found.id }, header: idempotency(newKey()) } })}
      >
        {t('undo.about')}
      </Confirm>
    </>
  );
}
