import { Box } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { changed, type Draft, readDraft, writeDraft } from '../data/drafts';
import type { Dialog } from '../data/merge';
import { useDialogActions } from '../data/useDialogActions';
import { usePatchDialog } from '../data/useDialogs';
import { lastEditable, useEdit } from '../data/useEdit';
import { useHistory } from '../data/useHistory';
import { useSend } from '../data/useSend';
import classes from '../inbox.module.css';
import { useInbox } from '../search';
import { useText } from '../texts';
import { ChatHeader } from './ChatHeader';
import { Composer } from './Composer';
import { Messages } from './Messages';

interface Props {
  contactId: number;
  panelOpen: boolean;
  onPanel: () => void;
}

/** The chat with one contact. */
export function Chat({ contactId, panelOpen, onPanel }: Props) {
  const t = useText();
  const shared = useShared();
  const { show } = useInbox();
  const contact = api.useQuery('get', '/api/contacts/{id}', { params: { path: { id: contactId } } });
  const dialog = useDialog(contactId, Boolean(contact.data?.last_message_at));
  const actions = useDialogActions(contactId);
  const [draft, setDraft] = useState<Draft>(() => readDraft(contactId));
  const sender = useSend(contactId, (failed) => setDraft((now) => (now.text.trim() === '' ? failed : now)));
  useKeptDraft(contactId, draft, sender.sending);
  const edit = useEdit();
  const { messages } = useHistory(contactId);
  const name = dialog?.contact_name || contact.data?.name || shared('state.unknown_name');

  const submit = () => {
    if (edit.editing) return edit.submit();
    if (draft.text.trim() === '' || sender.sending) return;
    sender.send(draft);
    setDraft((now) => changed(now, ''));
  };
  useKeys([
    {
      press: 'Alt+E',
      label: t('keys.close'),
      typing: true,
      run: dialog?.closed_at ? actions.reopen : actions.close,
    },
    {
      press: 'Alt+T',
      label: t('keys.owner'),
      typing: true,
      run: dialog?.owner === 'human' ? actions.handBack : actions.takeOver,
    },
    {
      press: 'Escape',
      label: edit.editing ? t('keys.stop_editing') : t('keys.leave'),
      typing: true,
      run: edit.editing ? edit.cancel : () => show({ contact: undefined }),
    },
  ]);
  return (
    <Box component="section" aria-label={t('chat.with', { name })} className={classes.chat}>
      <ChatHeader name={name} dialog={dialog} actions={actions} panelOpen={panelOpen} onPanel={onPanel} />
      <Messages contactId={contactId} sending={sender.sending} onEdit={edit.begin} />
      <Composer
        contactId={contactId}
        dialog={dialog}
        text={edit.editing?.text ?? draft.text}
        onChange={(text) => (edit.editing ? edit.change(text) : setDraft((now) => changed(now, text)))}
        onSubmit={submit}
        busy={sender.sending !== null || edit.busy}
        edit={edit}
        onEditLast={() => {
          const last = lastEditable(messages, new Date());
          if (last) edit.begin(last);
          return last !== null;
        }}
        optedOut={Boolean(contact.data?.opted_out_at)}
      />
    </Box>
  );
}

/** The dialog as it is now, read as soon as it is looked at; null while nobody wrote and there is none yet. */
function useDialog(contactId: number, begun: boolean): Dialog | null {
  const client = useQueryClient();
  const patch = usePatchDialog();
  const params = { params: { path: { contact_id: contactId } } };
  const dialog = api.useQuery('get', '/api/dialogs/{contact_id}', params, { enabled: begun });
  const read = api.useMutation('post', '/api/dialogs/{contact_id}/read', {
    meta: { quiet: true },
    onSuccess: (now) => {
      patch(now);
      void refresh(client, '/api/dialogs/counts', '/api/dialogs/{contact_id}');
    },
  });
  const unread = dialog.data?.unread ?? 0;
  const { mutate } = read;
  useEffect(() => {
    if (unread === 0) return;
    // What came while the window was hidden is read when it is looked at again.
    const look = () => {
      if (document.visibilityState === 'visible') mutate({ params: { path: { contact_id: contactId } } });
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [unread, mutate, contactId]);
  return dialog.data ?? null;
}

/** Keeps what was begun; what is on its way as well, until the server has it: tried again it has its key and goes once. */
function useKeptDraft(contactId: number, draft: Draft, sending: Draft | null) {
  const kept = draft.text.trim() === '' && sending ? sending : draft;
  useEffect(() => writeDraft(contactId, kept), [contactId, kept]);
}
