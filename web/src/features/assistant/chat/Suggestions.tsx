import { Button, Group } from '@mantine/core';
import type { Talk } from '../data/useTalk';
import { useText } from '../texts';

const FIRST = ['day', 'revenue', 'free', 'trainers', 'debtors', 'inactive', 'services', 'birthdays'] as const;
const NEXT = ['yesterday', 'last_week', 'by_trainer', 'by_service'] as const;

/** Questions that can be asked by a click: to begin with, and after an answer. */
export function Suggestions({ talk, empty }: { talk: Talk; empty: boolean }) {
  const t = useText();
  if (talk.writing !== null) return null;
  const questions = empty
    ? FIRST.map((name) => t(`suggest.${name}`))
    : NEXT.map((name) => t(`follow.${name}`));
  return (
    <Group gap={6} mb="xs" role="group" aria-label={t('suggestions')} justify={empty ? 'center' : undefined}>
      {questions.map((question) => (
        <Button
          key={question}
          size="compact-sm"
          radius="xl"
          variant="default"
          h="auto"
          py={4}
          styles={{ label: { whiteSpace: 'normal' } }}
          onClick={() => talk.ask(question)}
        >
          {question}
        </Button>
      ))}
    </Group>
  );
}
