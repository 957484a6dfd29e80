import { ActionIcon, Textarea } from '@mantine/core';
import { IconPlayerStop, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useKeys } from '@/shared/ui/keys';
import type { Talk } from '../data/useTalk';
import { useText } from '../texts';

const MAX_CHARS = 2_000;

/** Where a question is typed. Enter asks, Shift+Enter is a new line. */
export function Ask({ talk }: { talk: Talk }) {
  const t = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const busy = talk.writing !== null;
  useKeys([
    { press: '/', label: t('ask.focus'), run: () => input.current?.focus() },
    { press: 'Escape', label: t('ask.stop'), typing: true, run: talk.stop },
  ]);
  const ask = () => {
    const question = text.trim();
    if (!question || busy) return;
    setText('');
    talk.ask(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <Textarea
      ref={input}
      flex={1}
      size="md"
      radius="xl"
      autosize
      minRows={1}
      maxRows={6}
      maxLength={MAX_CHARS}
      aria-label={t('ask.label')}
      placeholder={t('ask.hint')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      rightSectionWidth={48}
      rightSection={
        busy ? (
          <ActionIcon
            size={34}
            radius="xl"
            variant="filled"
            color="red"
            aria-label={t('ask.stop')}
            onClick={talk.stop}
          >
            <IconPlayerStop size={18} aria-hidden />
          </ActionIcon>
        ) : (
          <ActionIcon
            size={34}
            radius="xl"
            variant="filled"
            color="ink"
            aria-label={t('ask.send')}
            disabled={text.trim() === ''}
            onClick={ask}
          >
            <IconSend2 size={18} aria-hidden />
          </ActionIcon>
        )
      }
    />
  );
}
