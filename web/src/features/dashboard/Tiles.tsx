import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '@/shared/api/client';
import { weekOf } from '@/shared/crm/clock';
import { count } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { useText } from './texts';

type Summary = Schemas['Summary'];

/** The figures of now; each leads to the rows behind it. */
export function Tiles({ summary }: { summary: Summary }) {
  const t = useText();
  const { today, revenue_today, revenue_week, revenue_month } = summary;
  const byStatus = summary.today_bookings_by_status;
  const came = byStatus.attended ?? 0;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      <Tile
        name="clients"
        value={count(summary.total_clients)}
        link={<TextLink to="/clients">{t('tile.clients')}</TextLink>}
      >
        {t('tile.active', { shown: count(summary.active_clients) })}
        {'\n'}
        {t('tile.new', {
          today: count(summary.new_clients_today),
          week: count(summary.new_clients_week),
          month: count(summary.new_clients_month),
        })}
      </Tile>
      <Tile
        name="bookings"
        value={count(summary.today_bookings)}
        link={
          <TextLink to="/schedule" search={{ view: 'day', day: today }}>
            {t('tile.bookings')}
          </TextLink>
        }
      >
        {t('tile.came', { shown: count(came) })}
      </Tile>
      <Tile
        name="free"
        value={count(summary.available_slots_today)}
        link={
          <TextLink to="/schedule" search={{ view: 'day', day: today }}>
            {t('tile.free')}
          </TextLink>
        }
      >
        {t('tile.free_about')}
      </Tile>
      <Money
        name="revenue-today"
        of={revenue_today}
        link={
          <TextLink to="/payments" search={{ from_day: today, to_day: today }}>
            {t('tile.revenue_today')}
          </TextLink>
        }
      />
      <Money
        name="revenue-week"
        of={revenue_week}
        link={
          <TextLink to="/payments" search={{ from_day: weekOf(today)[0], to_day: today }}>
            {t('tile.revenue_week')}
          </TextLink>
        }
      />
      <Money
        name="revenue-month"
        of={revenue_month}
        link={
          <TextLink to="/payments" search={{ from_day: `${today.slice(0, 8)}01`, to_day: today }}>
            {t('tile.revenue_month')}
          </TextLink>
        }
      />
    </SimpleGrid>
  );
}

interface TileProps {
  name: string;
  value: string;
  link: ReactNode;
  children: ReactNode;
}

function Tile({ name, value, link, children }: TileProps) {
  return (
    <Paper withBorder p="sm" component="section" data-tile={name}>
      <Text size="sm" component="h2" m={0} fw={500}>
        {link}
      </Text>
      <Text size="xl" fw={700} data-value style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
        {children}
      </Text>
    </Paper>
  );
}

function Money({ name, of, link }: { name: string; of: Summary['revenue_today']; link: ReactNode }) {
  const t = useText();
  return (
    <Tile name={name} value={of.net.formatted} link={link}>
      {t('tile.payments', { count: of.payments, shown: count(of.payments) })}
      {of.refunded.minor > 0 && `\n${t('tile.refunded', { amount: of.refunded.formatted })}`}
    </Tile>
  );
}
