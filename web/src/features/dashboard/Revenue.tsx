import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '@/shared/api/client';
import { dayWords } from '@/shared/crm/clock';
import { Panel } from '@/shared/ui/Panel';
import classes from './Revenue.module.css';
import { useText } from './texts';

/** What each of the last 30 days brought; a bar opens the day's payments. */
export function Revenue({ summary }: { summary: Schemas['Summary'] }) {
  const t = useText();
  const days = summary.revenue_by_day;
  const most = Math.max(...days.map(({ net }) => net.minor), 0);
  const best = days.find(({ net }) => net.minor === most);
  const short = (day: string) => dayWords(day, { day: 'numeric', month: 'short' });
  const [first, last] = [days[0], days[days.length - 1]];
  return (
    <Panel title={t('revenue.title')}>
      {most === 0 || !best || !first || !last ? (
        <Text size="sm" c="dimmed">
          {t('revenue.none')}
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('revenue.best', { amount: best.net.formatted, day: short(best.day) })}
          </Text>
          <ol className={classes.bars}>
            {days.map(({ day, net }) => (
              <li key={day}>
                <Link
                  to="/payments"
                  search={{ from_day: day, to_day: day }}
                  className={classes.bar}
                  title={`${short(day)}: ${net.formatted}`}
                  aria-label={`${short(day)}: ${net.formatted}`}
                >
                  <span style={{ height: `${Math.max((net.minor / most) * 100, 1)}%` }} />
                </Link>
              </li>
            ))}
          </ol>
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {short(first.day)}
            </Text>
            <Text size="xs" c="dimmed">
              {short(last.day)}
            </Text>
          </Group>
        </>
      )}
    </Panel>
  );
}
