import { Text } from '@mantine/core';
import type { Schemas } from '@/shared/api/client';
import { count, duration } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { Loaded } from '@/shared/ui/states';
import { useAiUse } from '../data';
import { FigurePanel } from '../FigurePanel';
import type { Scope } from '../search';
import { useText } from '../texts';

type Use = Schemas['Figures_AiFigures']['items'][number];

/** What the providers may be asked for; another word is shown as it is. */
const PURPOSES = ['outreach', 'reply', 'classification', 'recommendation', 'assistant', 'test'] as const;

const MICROS = 1_000_000;
/** Cheap models cost less than a hundredth a message. */
const COST_DIGITS = 4;

/** What the AI providers were asked for, how it went and what it cost. */
export function AiUse({ scope }: { scope: Scope }) {
  const t = useText();
  const use = useAiUse(scope);
  const purpose = (name: string) => {
    const known = PURPOSES.find((one) => one === name);
    return known ? t(`purpose.${known}`) : name;
  };
  const cost = (row: Use) => Number((row.cost_micros / MICROS).toFixed(COST_DIGITS));
  return (
    <Loaded query={use} rows={2}>
      {({ items }) => (
        <FigurePanel
          title={t('ai.title')}
          file={`alfa-ai-${scope.from}-${scope.to}`}
          columns={[
            { title: t('ai.provider'), value: (row) => row.provider },
            { title: t('ai.purpose'), value: (row) => purpose(row.purpose) },
            { title: t('ai.attempts'), value: (row) => row.attempts },
            { title: t('ai.failures'), value: (row) => row.failures },
            { title: t('ai.tokens_in'), value: (row) => row.prompt_tokens },
            { title: t('ai.tokens_out'), value: (row) => row.completion_tokens },
            { title: t('ai.cost'), value: cost, shown: (row) => count(cost(row)) },
            {
              title: t('ai.time'),
              value: (row) => row.average_ms / 1000,
              shown: (row) => duration(row.average_ms / 1000),
            },
          ]}
          rows={items}
          note={
            <Text size="xs" c="dimmed" mt="sm">
              {items.length > 0 ? t('ai.note') : t('ai.none')}{' '}
              <TextLink to="/settings" search={{ part: 'ai' }} size="xs" underline="always">
                {t('ai.settings')}
              </TextLink>
            </Text>
          }
        />
      )}
    </Loaded>
  );
}
