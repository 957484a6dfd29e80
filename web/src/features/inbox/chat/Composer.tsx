import { ActionIcon, Alert, Box, CloseButton, Group, Text, Textarea, Tooltip } from '@mantine/core';
import { IconCheck, IconPencil, IconSend2, IconSparkles } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { api } from '@/shared/api/client';
import { useKeys } from '@/shared/ui/keys';
import { tellUndoable } from '@/shared/ui/notify';
import { usePhone } from '@/shared/ui/usePhone';
import type { Dialog } from '../data/merge';
import type { Edit } from '../data/useEdit';
import classes from '../inbox.module.css';
import { useText } from '../texts';

/** Telegram takes so many characters in one message. */
const MAX_CHARS = 4096;

interface Props {
  contactId: number;
  dialog: Dialog | null;
  text: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
  busy: boolean;
  edit: Edit;
  /** Begins to change our newest message; false when there is none that may be changed. */
  onEditLast: () => boolean;
  optedOut: boolean;
}

/** Where an answer is written: by hand or from the suggestion, sent with Enter; ↑ in the empty input changes the last one. */
export function Composer(props: Props) {
  const { contactId, dialog, text, onChange, onSubmit, busy, edit, onEditLast, optedOut } = props;
  const t = useText();
  const phone = usePhone();
  const input = useRef<HTMLTextAreaElement>(null);
  const { suggest, suggesting } = useSuggestion(contactId, text, (suggested) => {
    onChange(suggested);
    input.current?.focus();
  });
  useKeys([
    { press: 'Alt+L', label: t('keys.write'), typing: true, run: () => input.current?.focus() },
    { press: 'Alt+S', label: t('keys.suggest'), typing: true, run: suggest },
    { press: 'Alt+ArrowUp', label: t('keys.edit_last'), typing: true, run: onEditLast },
  ]);
  const editedId = edit.editing?.id;
  useEffect(() => {
    if (editedId !== undefined) input.current?.focus();
  }, [editedId]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !phone) {
      event.preventDefault();
      onSubmit();
    }
    const bare = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key === 'ArrowUp' && bare && text === '' && !edit.editing && onEditLast())
      event.preventDefault();
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
      {edit.editing && <EditingNote edit={edit} />}
      {!edit.editing && dialog?.owner === 'ai' && !dialog.closed_at && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('composer.takes_over')}
        </Text>
      )}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Tooltip label={t('composer.suggest')}>
          <ActionIcon
            size={36}
            aria-label={t('composer.suggest')}
            onClick={suggest}
            loading={suggesting}
            disabled={edit.editing !== null}
          >
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
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Tooltip label={edit.editing ? t('composer.save') : t('composer.send')}>
          <ActionIcon
            size={36}
            variant="filled"
            color="ink"
            aria-label={edit.editing ? t('composer.save') : t('composer.send')}
            disabled={text.trim() === ''}
            loading={busy}
            onClick={onSubmit}
          >
            {edit.editing ? <IconCheck size={20} aria-hidden /> : <IconSend2 size={20} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </Group>
    </Box>
  );
}

/** Says which message is being changed, and leaves it as it was. */
function EditingNote({ edit }: { edit: Edit }) {
  const t = useText();
  return (
    <Group gap="xs" mb={6} wrap="nowrap">
      <IconPencil size={16} aria-hidden style={{ flex: 'none' }} />
      <Text size="xs" c="dimmed" truncate style={{ flex: 1 }}>
        {t('composer.editing', { text: edit.editing?.before })}
      </Text>
      <CloseButton size="sm" aria-label={t('keys.stop_editing')} onClick={edit.cancel} />
    </Group>
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
