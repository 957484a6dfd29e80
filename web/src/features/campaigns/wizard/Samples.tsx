import { Alert, Button, Paper, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { words } from '@/shared/ui/notify';
import { useText } from '../texts';
import type { Plan } from './plan';
import { useSamples } from './useAudience';

/** Real drafts for the first few people. */
export function Samples({ plan }: { plan: Plan }) {
  const t = useText();
  const samples = useSamples(plan);
  return (
    <Stack gap="xs">
      <Button
        variant="light"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconEye size={16} aria-hidden />}
        loading={samples.isFetching}
        onClick={() => void samples.refetch()}
      >
        {t('sample.show')}
      </Button>
      {samples.error && (
        <Alert color="red" role="alert">
          {words(samples.error)}
        </Alert>
      )}
      {samples.data?.items.length === 0 && <Text size="sm">{t('sample.nobody')}</Text>}
      {samples.data?.items.map((sample) => (
        <Paper key={sample.contact_id} withBorder p="sm" component="article" aria-label={sample.contact_name}>
          <Text size="sm" fw={600}>
            {sample.contact_name}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {sample.text ?? t('sample.none', { reason: sample.reason_text ?? '' })}
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}
