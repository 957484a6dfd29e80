import { Progress as Bar, Group, Text } from '@mantine/core';
import { count, percent } from '@/shared/format';
import type { Campaign } from '../states';
import { useText } from '../texts';

/** How far a campaign got: a bar of replied, read, sent and dropped people, and the same in figures. */
export function Progress({ progress }: { progress: Campaign['progress'] }) {
  const t = useText();
  const { total, sent, read, replied, failed, skipped, cancelled, pending, queued } = progress;
  const share = (value: number) => (total > 0 ? (value / total) * 100 : 0);
  const parts = [
    { name: 'replied', value: replied, color: 'teal.8' },
    { name: 'read', value: Math.max(read - replied, 0), color: 'ink.7' },
    { name: 'sent', value: Math.max(sent - Math.max(read, replied), 0), color: 'ink.3' },
    { name: 'dropped', value: failed + skipped + cancelled, color: 'gray.6' },
  ];
  const figures = [
    t('progress.people', { count: total, shown: count(total) }),
    t('progress.sent', { shown: count(sent) }),
    t('progress.read', { shown: count(read) }),
    t('progress.replied', { shown: count(replied), share: percent(sent > 0 ? replied / sent : 0) }),
    skipped + failed > 0 ? t('progress.dropped', { shown: count(skipped + failed) }) : '',
    pending + queued > 0 ? t('progress.left', { shown: count(pending + queued) }) : '',
  ].filter(Boolean);
  return (
    <>
      <Bar.Root size="md" mb={6} role="img" aria-label={figures.join(', ')}>
        {parts.map((part) => (
          <Bar.Section key={part.name} value={share(part.value)} color={part.color} aria-hidden />
        ))}
      </Bar.Root>
      <Group gap="md">
        {figures.map((figure) => (
          <Text key={figure} size="sm" c="dimmed">
            {figure}
          </Text>
        ))}
      </Group>
    </>
  );
}
