import { Group, Paper, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { api } from '@/shared/api/client';
import { dayWords } from '@/shared/crm/clock';
import { usePhone } from '@/shared/ui/usePhone';
import { useFilter } from './search';
import { useText } from './texts';

/** Days whose totals are shown above the list. */
const DAYS = 7;
const DAYS_ON_PHONE = 3;

/** What the last days and this month brought; a day shows its payments. */
export function Days() {
  const t = useText();
  const phone = usePhone();
  const { filter, set } = useFilter();
  const summary = api.useQuery('get', '/api/dashboard/summary');
  if (!summary.data) return null;
  const { revenue_by_day, revenue_week, revenue_month, today } = summary.data;
  const days = revenue_by_day.slice(phone ? -DAYS_ON_PHONE : -DAYS).reverse();
  const chosen = filter.from_day === filter.to_day ? filter.from_day : undefined;
  const choose = (day: string) =>
    set(chosen === day ? { from_day: undefined, to_day: undefined } : { from_day: day, to_day: day });
  return (
    <>
      <SimpleGrid
        cols={{ base: DAYS_ON_PHONE, sm: DAYS }}
        spacing="xs"
        mb="xs"
        role="group"
        aria-label={t('days.label')}
      >
        {days.map(({ day, net }) => (
          <UnstyledButton key={day} aria-pressed={chosen === day} onClick={() => choose(day)}>
            <Paper withBorder p="xs" bg={chosen === day ? 'var(--alfa-selected)' : undefined}>
              <Text size="xs" c="dimmed">
                {day === today
                  ? t('days.today')
                  : dayWords(day, { weekday: 'short', day: 'numeric', month: 'short' })}
              </Text>
              <Text size="sm" fw={650} data-day={day}>
                {net.formatted}
              </Text>
            </Paper>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Group gap="md" mb="sm">
        <Text size="sm" c="dimmed">
          {t('days.week', { amount: revenue_week.net.formatted })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('days.month', { amount: revenue_month.net.formatted })}
        </Text>
      </Group>
    </>
  );
}
