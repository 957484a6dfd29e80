import { ActionIcon, Alert, Box, Group, Text, Textarea, Tooltip } from '@mantine/core';
import { IconSend2, IconSparkles } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { api } from '@/shared/api/client';
import { useKeys } from '@/shared/ui/keys';
import { tellUndoable } from '@/shared/ui/notify';
import { usePhone } from '@/shared/ui/usePhone';
import type { Draft } from '../data/drafts';
import type { Dialog } from '../data/merge';
import classes from '../inbox.module.css';
import { useText } from '../texts';

/** Telegram takes so many characters in one message. */
const MAX_CHARS = 4096;

interface Props {
  contactId: number;
  dialog: Dialog | null;
  draft: Draft;
  onChange: (text: string) => void;
  onSubmit: () => void;
  busy: boolean;
  optedOut: boolean;
}

/** Where an answer is written: by hand or from the suggestion, sent with Enter. */
export function Composer({ contactId, dialog, draft, onChange, onSubmit, busy, optedOut }: Props) {
  const t = useText();
  const phone = usePhone();
  const input = useRef<HTMLTextAreaElement>(null);
  const { suggest, suggesting } = useSuggestion(contactId, draft.text, (text) => {
    onChange(text);
    input.current?.focus();
  });
  useKeys([
    { press: 'Alt+L', label: t('keys.write'), typing: true, run: () => input.current?.focus() },
    { press: 'Alt+S', label: t('keys.suggest'), typing: true, run: suggest },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !phone) {
      event.preventDefault();
      onSubmit();
    }
  };
  if (optedOut) {
    return (
      <Box className={classes.composer}>
        <Alert color="orange" variant="light" p="xs">
          {t('composer.opted_out')}
        </Alert>
      </Box>
    );
  }
  return (
    <Box className={classes.composer}>
      {dialog?.owner === 'ai' && !dialog.closed_at && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('composer.takes_over')}
        </Text>
      )}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Tooltip label={t('composer.suggest')}>
          <ActionIcon size={36} aria-label={t('composer.suggest')} onClick={suggest} loading={suggesting}>
            <IconSparkles size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Textarea
          ref={input}
          style={{ flex: 1 }}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={MAX_CHARS}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          value={draft.text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Tooltip label={t('composer.send')}>
          <ActionIcon
            size={36}
            variant="filled"
            color="ink"
            aria-label={t('composer.send')}
            disabled={draft.text.trim() === ''}
            loading={busy}
            onClick={onSubmit}
          >
            <IconSend2 size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Box>
  );
}

/** Asks for an answer to the person's last words and puts it into the input, where it can be changed before it is sent. */
function useSuggestion(contactId: number, present: string, put: (text: string) => void) {
  const t = useText();
  const suggestion = api.useMutation('post', '/api/dialogs/{contact_id}/suggest', {
    onSuccess: ({ text }) => {
      put(text);
      if (present.trim() !== '') tellUndoable({ message: t('composer.replaced'), undo: () => put(present) });
    },
  });
  return {
    suggest: () => suggestion.mutate({ params: { path: { contact_id: contactId } } }),
    suggesting: suggestion.isPending,
  };
}
