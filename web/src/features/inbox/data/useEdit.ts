import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import type { Message } from './useHistory';

/** Telegram lets a message be changed for so long. */
const EDITABLE_MS = 48 * 60 * 60 * 1000;

/** Whether we may still change what was said: our own words, not gone and not too old. */
export function isEditable(message: Message, now: Date): boolean {
  return (
    message.direction === 'out' &&
    message.state !== 'failed' &&
    !message.deleted_at &&
    now.getTime() - new Date(message.sent_at).getTime() < EDITABLE_MS
  );
}

/** The newest of our messages, if it may be changed. */
export function lastEditable(messages: readonly Message[], now: Date): Message | null {
  const own = messages.findLast((one) => one.direction === 'out' && !one.deleted_at);
  return own && isEditable(own, now) ? own : null;
}

/** A message that is being changed: its id, what it said and what it shall say. */
export interface Editing {
  id: number;
  before: string;
  text: string;
}

/** Changing a message that was written already; what was begun to be written meanwhile stays as it is. */
export function useEdit() {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Editing | null>(null);
  const patch = api.useMutation('patch', '/api/messages/{id}', {
    onSettled: () => refresh(client, '/api/messages/history'),
  });
  const cancel = () => setEditing(null);
  return {
    editing,
    busy: patch.isPending,
    begin: (message: Message) => setEditing({ id: message.id, before: message.text, text: message.text }),
    change: (text: string) => setEditing((now) => now && { ...now, text }),
    cancel,
    submit: () => {
      if (!editing || patch.isPending) return;
      const text = editing.text.trim();
      if (text === '' || text === editing.before) return cancel();
      patch.mutate({ params: { path: { id: editing.id } }, body: { text } }, { onSuccess: cancel });
    },
  };
}
export type Edit = ReturnType<typeof useEdit>;
