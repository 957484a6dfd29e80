import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { keepText, keptText } from '../ui/keptText';
import { useKeys } from '../ui/keys';
import type { Contact } from './Facts';
import { useText } from './texts';
import { useContactChange } from './useContactChange';

/** What colleagues should know of the contact; only they see it. Kept when the field is left, or the contact. */
export function Notes({ contact }: { contact: Contact }) {
  const t = useText();
  const { change } = useContactChange(contact.id);
  const input = useRef<HTMLTextAreaElement>(null);
  const kept = `note.${contact.id}`;
  const [text, setText] = useState<string | null>(() => keptText(kept));
  useKeys([{ press: 'Alt+P', label: t('keys.note'), typing: true, run: () => input.current?.focus() }]);
  const write = (value: string | null) => {
    setText(value);
    keepText(kept, value);
  };
  const keep = () => {
    if (text === null) return;
    if (text === (contact.notes ?? '')) return write(null);
    change({ notes: text }, () => {
      // What was typed while this was on its way is another text.
      if (keptText(kept) === text) write(null);
    });
  };
  const leave = useRef(keep);
  useEffect(() => {
    leave.current = keep;
  });
  // A key or a press elsewhere may take the field away without its being left.
  useEffect(() => () => leave.current(), []);
  return (
    <Textarea
      ref={input}
      label={t('panel.notes')}
      placeholder={t('panel.notes_hint')}
      autosize
      minRows={2}
      maxRows={10}
      value={text ?? contact.notes ?? ''}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}
