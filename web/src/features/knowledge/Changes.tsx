import { Code, Stack, Text } from '@mantine/core';
import type { Schemas } from '@/shared/api/client';
import { count } from '@/shared/format';
import { useText } from './texts';

/** What differs between two versions: what was and what is, place by place. */
export function Changes({ changes, changes_total }: Schemas['KnowledgeChanges']) {
  const t = useText();
  if (changes_total === 0) return <Text size="sm">{t('change.none')}</Text>;
  return (
    <Stack gap="xs">
      {changes.map((change) => (
        <div key={change.path}>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {change.path}
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('change.before')} <Code>{shown(change.before)}</Code> {t('change.after')}{' '}
            <Code>{shown(change.after)}</Code>
          </Text>
        </div>
      ))}
      {changes_total > changes.length && (
        <Text size="sm" c="dimmed">
          {t('change.more', { shown: count(changes.length), total: count(changes_total) })}
        </Text>
      )}
    </Stack>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
