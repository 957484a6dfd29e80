import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconSparkles } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { Empty } from '@/shared/ui/states';
import classes from '../assistant.module.css';
import type { Turn } from '../data/talk';
import type { Talk } from '../data/useTalk';
import { useText } from '../texts';
import { AnswerDetails } from './AnswerDetails';
import { Words } from './Words';

/** The talk, the newest below. */
export function Messages({ talk, empty }: { talk: Talk; empty: boolean }) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const { turns, writing } = talk;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is added is scrolled to.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [turns.length, writing]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={list} className={classes.talk} role="log" aria-label={t('talk')} tabIndex={0}>
      {empty ? (
        <Empty icon={IconSparkles} title={t('empty.title')}>
          {t('empty.about')}
        </Empty>
      ) : (
        <Stack gap="md">
          {turns.map((turn, index) => (
            <Said key={turn.id} turn={turn} talk={talk} last={index === turns.length - 1} />
          ))}
          {writing !== null && (
            <article className={classes.answer} aria-busy>
              {writing === '' ? (
                <Text size="sm" c="dimmed">
                  <Loader size="xs" mr="xs" /> {t('thinking')}
                </Text>
              ) : (
                <Words>{writing}</Words>
              )}
            </article>
          )}
        </Stack>
      )}
    </div>
  );
}

function Said({ turn, talk, last }: { turn: Turn; talk: Talk; last: boolean }) {
  const t = useText();
  const shared = useShared();
  if (turn.role === 'user')
    return (
      <article className={classes.question} data-role="user">
        {turn.text}
      </article>
    );
  const again = last && talk.writing === null && (
    <Button size="compact-sm" variant="default" mt="xs" onClick={talk.again}>
      {shared('action.retry')}
    </Button>
  );
  if (turn.problem)
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={shared('error.title')}>
        <Text size="sm">{turn.problem}</Text>
        {again}
      </Alert>
    );
  return (
    <article className={classes.answer} data-role="assistant">
      {turn.text && <Words>{turn.text}</Words>}
      {turn.stopped && (
        <Text size="sm" c="dimmed">
          {t('stopped')}
          <br />
          {again}
        </Text>
      )}
      {turn.answer && <AnswerDetails answer={turn.answer} />}
    </article>
  );
}
