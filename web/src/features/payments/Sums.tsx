import { Group, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { useFilter } from './search';
import { useText } from './texts';

/** What the payments of the filter come to, all pages of them. */
export function Sums() {
  const t = useText();
  const { filter } = useFilter();
  const sums = api.useQuery(
    'get',
    '/api/payments/sums',
    { params: { query: filter } },
    { placeholderData: keepPreviousData },
  );
  if (!sums.data) return null;
  const { net, paid, refunded, pending } = sums.data;
  return (
    <Group gap="md" mb="xs" style={{ rowGap: 2 }} role="group" aria-label={t('sums.label')} data-sums>
      <Text size="sm" fw={650}>
        {t('sums.net', { amount: net.formatted })}
      </Text>
      {refunded.minor > 0 && (
        <>
          <Text size="sm" c="dimmed">
            {t('sums.paid', { amount: paid.formatted })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('sums.refunded', { amount: refunded.formatted })}
          </Text>
        </>
      )}
      {pending.minor > 0 && (
        <Text size="sm" fw={600}>
          {t('sums.pending', { amount: pending.formatted })}
        </Text>
      )}
    </Group>
  );
}
