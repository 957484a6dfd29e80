import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import type { Contact } from '@/shared/contact/Facts';
import { Confirm } from '@/shared/ui/Confirm';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

/** Erases a person's data: it can not be taken back, so it is asked. */
export function DeleteContact(props: { contact: Contact; opened: boolean; onClose: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const erase = api.useMutation('delete', '/api/contacts/{id}', {
    onSuccess: async () => {
      tell(t('done.erased'));
      await navigate({ to: '/contacts' });
      client.removeQueries({ queryKey: ['get', '/api/contacts/{id}'] });
      void refresh(client, '/api/contacts*', '/api/dialogs*');
    },
  });
  return (
    <Confirm
      opened={props.opened}
      title={t('erase.title', { name: props.contact.name })}
      action={t('card.erase')}
      busy={erase.isPending}
      onConfirm={() => erase.mutate({ params: { path: { id: props.contact.id } } })}
      onClose={props.onClose}
    >
      {t('erase.about')}
    </Confirm>
  );
}
