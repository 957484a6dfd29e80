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

/** So near the end one still reads the newest. */
const NEAR_PX = 60;

/** The talk, the newest below. */
export function Messages({ talk, empty }: { talk: Talk; empty: boolean }) {
  const t = useText();
  const { turns, writing } = talk;
  const list = useNewest(turns.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={list} className={classes.talk} role="log" aria-label={t('talk')} tabIndex={0}>
      <div>
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
    </div>
  );
}

/** Keeps the newest in sight: what is said is scrolled to, also when its figures come a moment later. */
function useNewest(said: number) {
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is said is scrolled to.
  useEffect(() => {
    follows.current = true;
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [said]);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const grown = new ResizeObserver(() => {
      if (follows.current) box.scrollTo({ top: box.scrollHeight });
    });
    for (const child of box.children) grown.observe(child);
    // Whoever scrolls up reads something else.
    const look = () => {
      follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    };
    box.addEventListener('wheel', look, { passive: true });
    box.addEventListener('keyup', look);
    box.addEventListener('touchend', look, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener('wheel', look);
      box.removeEventListener('keyup', look);
      box.removeEventListener('touchend', look);
    };
  }, []);
  return list;
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
