import { Progress as Bar, Box, Group, Text } from '@mantine/core';
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
  const colorOf = (name: string) => parts.find((part) => part.name === name)?.color;
  const figures = [
    { words: t('progress.people', { count: total, shown: count(total) }) },
    { words: t('progress.sent', { shown: count(sent) }), color: colorOf('sent') },
    { words: t('progress.read', { shown: count(read) }), color: colorOf('read') },
    {
      words: t('progress.replied', { shown: count(replied), share: percent(sent > 0 ? replied / sent : 0) }),
      color: colorOf('replied'),
    },
    skipped + failed > 0 && {
      words: t('progress.dropped', { shown: count(skipped + failed) }),
      color: colorOf('dropped'),
    },
    pending + queued > 0 && { words: t('progress.left', { shown: count(pending + queued) }) },
  ].filter((figure) => figure !== false);
  return (
    <>
      <Bar.Root size="md" mb={6} role="img" aria-label={figures.map((figure) => figure.words).join(', ')}>
        {parts.map((part) => (
          <Bar.Section key={part.name} value={share(part.value)} color={part.color} aria-hidden />
        ))}
      </Bar.Root>
      <Group gap="4px 16px">
        {figures.map(({ words, color }) => (
          <Group key={words} gap={6} wrap="nowrap">
            {color && (
              <Box w={8} h={8} bg={color} style={{ borderRadius: '50%', flex: 'none' }} aria-hidden />
            )}
            <Text size="sm" c="dimmed">
              {words}
            </Text>
          </Group>
        ))}
      </Group>
    </>
  );
}
