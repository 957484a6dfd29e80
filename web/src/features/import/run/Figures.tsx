import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { Schemas } from '@/shared/api/client';
import { count } from '@/shared/format';
import { useText } from '../texts';

const FIGURES = ['total', 'created', 'updated', 'unchanged', 'skipped'] as const;

/** How many rows became what; of a check: would become. */
export function Figures({ found }: { found: Schemas['Import'] }) {
  const t = useText();
  const words = found.dry_run ? 'would' : 'did';
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} component="dl" m={0}>
      {FIGURES.map((name) => (
        <Paper key={name} withBorder p="sm" style={{ display: 'flex', flexDirection: 'column-reverse' }}>
          <Text component="dt" size="sm" c="dimmed">
            {t(`${words}.${name}`)}
          </Text>
          <Text component="dd" m={0} fz="h3" fw={650}>
            {count(found[name])}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
