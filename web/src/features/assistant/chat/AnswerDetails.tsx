import { Alert, Badge, Collapse, Group, List, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlugConnectedX } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import type { Answer } from '@/shared/api/assistant';
import { shortDay } from '@/shared/crm/clock';
import { useText } from '../texts';

const FiguresView = lazy(() => import('../figures/FiguresView'));

/** Behind an answer: its figures, where they come from, who worded it, and what went wrong on the way. */
export function AnswerDetails({ answer }: { answer: Answer }) {
  const t = useText();
  return (
    <>
      {answer.degraded && (
        <Alert
          color="orange"
          mt="xs"
          p="xs"
          icon={<IconPlugConnectedX aria-hidden />}
          title={t('degraded.title')}
        >
          <Text size="sm">{t('degraded.about')}</Text>
          {answer.notices.map((notice) => (
            <Text key={notice} size="sm">
              {notice}
            </Text>
          ))}
        </Alert>
      )}
      {speaksOf(answer) && (
        <Suspense fallback={null}>
          <FiguresView data={answer.data as Record<string, unknown>} />
        </Suspense>
      )}
      <Sources answer={answer} />
    </>
  );
}

/** Whether the message speaks of figures: to a greeting, or to what it can not answer, the snapshot comes along unasked. */
function speaksOf({ data, tools, sources }: Answer): boolean {
  return Object.keys(data).length > 0 && tools.length + sources.length > 0;
}

function Sources({ answer }: { answer: Answer }) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const who =
    answer.provider === 'offline' ? t('provider.offline') : t('provider.by', { name: answer.provider });
  return (
    <>
      <Group gap="xs" mt="xs">
        <Badge variant="default" tt="none" fw={500}>
          {who}
        </Badge>
        {answer.sources.length + answer.tools.length > 0 && (
          <UnstyledButton
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            aria-controls={id}
            fz="sm"
            c="var(--mantine-color-anchor)"
          >
            {open ? (
              <IconChevronDown size={14} aria-hidden style={{ verticalAlign: -2 }} />
            ) : (
              <IconChevronRight size={14} aria-hidden style={{ verticalAlign: -2 }} />
            )}{' '}
            {t('sources.title')}
          </UnstyledButton>
        )}
      </Group>
      <Collapse expanded={open} id={id}>
        {!answer.degraded && <PassedBy notices={answer.notices} />}
        <List size="sm" mt="xs" spacing={4}>
          {answer.sources.map((source) => (
            <List.Item key={`${source.tool} ${source.period?.from} ${source.definition}`}>
              {source.definition}
              {source.period && (
                <Text size="xs" c="dimmed">
                  {t('sources.period', {
                    from: shortDay(source.period.from),
                    to: shortDay(source.period.to),
                  })}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        {answer.tools.length > 0 && (
          <Text size="xs" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
            {t('sources.tools')}
            {answer.tools.map(({ name, arguments: args }) => ` ${name} ${argumentsWords(args)}`).join(',')}
          </Text>
        )}
      </Collapse>
    </>
  );
}

/** Why others did not word the answer, which came all the same. */
function PassedBy({ notices }: { notices: readonly string[] }) {
  return notices.map((notice) => (
    <Text key={notice} size="sm" c="dimmed" mt="xs">
      {notice}
    </Text>
  ));
}

function argumentsWords(args: Record<string, unknown>): string {
  const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined);
  return given.length > 0 ? `(${given.map(([name, value]) => `${name}: ${String(value)}`).join(', ')})` : '';
}
