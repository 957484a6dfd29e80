import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useKeys } from '../ui/keys';
import type { Contact } from './Facts';
import { useText } from './texts';
import { useContactChange } from './useContactChange';

/** What colleagues should know of the contact; only they see it. Kept when the field is left. */
export function Notes({ contact }: { contact: Contact }) {
  const t = useText();
  const { change } = useContactChange(contact.id);
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState<string | null>(null);
  useKeys([{ press: 'Alt+P', label: t('keys.note'), typing: true, run: () => input.current?.focus() }]);
  const keep = () => {
    if (text === null || text === (contact.notes ?? '')) return;
    change({ notes: text }, () => setText(null));
  };
  return (
    <Textarea
      ref={input}
      label={t('panel.notes')}
      placeholder={t('panel.notes_hint')}
      autosize
      minRows={2}
      maxRows={10}
      value={text ?? contact.notes ?? ''}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}
