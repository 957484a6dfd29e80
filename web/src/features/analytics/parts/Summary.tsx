import { SimpleGrid, Text } from '@mantine/core';
import { count, percent } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import type { Sums } from '../data';
import { useText } from '../texts';

/** The figures that one looks at first, each of those who were written to in these days. */
export function Summary({ sums }: { sums: Sums }) {
  const t = useText();
  const share = (value: number) => (sums.sent > 0 ? percent(value / sums.sent) : '—');
  const figures = [
    { key: 'sent', value: count(sums.sent), note: t('summary.people', { count: sums.sent }) },
    { key: 'read', value: share(sums.read), note: count(sums.read) },
    { key: 'replied', value: share(sums.replied), note: count(sums.replied) },
    { key: 'applied', value: share(sums.applied), note: count(sums.applied) },
    { key: 'won', value: share(sums.won), note: count(sums.won) },
    { key: 'opted_out', value: share(sums.opted_out), note: count(sums.opted_out) },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm" m={0} renderRoot={(props) => <dl {...props} />}>
      {figures.map((figure) => (
        <Panel key={figure.key}>
          <Text size="sm" c="dimmed" component="dt">
            {t(`figure.${figure.key}`)}
          </Text>
          <Text fw={700} size="xl" component="dd" m={0}>
            {figure.value}
          </Text>
          <Text size="xs" c="dimmed" component="dd" m={0}>
            {figure.note}
          </Text>
        </Panel>
      ))}
    </SimpleGrid>
  );
}
