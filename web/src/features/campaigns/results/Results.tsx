import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { api, type Schemas } from '@/shared/api/client';
import { count, day, duration, fromNow, moment, percent } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { Bars } from './Bars';
import { Variants } from './Variants';

type Stats = Schemas['CampaignStats'];

/** What a campaign brought. */
export function Results({ id }: { id: number }) {
  const stats = api.useQuery('get', '/api/campaigns/{id}/stats', { params: { path: { id } } });
  return (
    <Loaded query={stats}>
      {(data) => (
        <Stack>
          <Waiting stats={data} />
          <Figures stats={data} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Funnel stats={data} />
            <Stages stats={data} />
            <LeftOut id={id} stats={data} />
            <Days stats={data} />
          </SimpleGrid>
          {data.by_variant.length > 0 && <Variants variants={data.by_variant} />}
        </Stack>
      )}
    </Loaded>
  );
}

/** Why nothing is sent just now, and until when. */
function Waiting({ stats }: { stats: Stats }) {
  const t = useText();
  if (stats.status !== 'running' || stats.waiting_for.length === 0) return null;
  return (
    <Alert color="orange" variant="light" title={t('waiting.title')}>
      {stats.waiting_for.map((one) => (
        <Text key={`${one.reason} ${one.account_id}`} size="sm">
          {one.text}
          {one.until ? ` ${t('waiting.until', { at: moment(one.until), takes: fromNow(one.until) })}` : ''}
        </Text>
      ))}
    </Alert>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const t = useText();
  const figures = [
    {
      label: t('figure.sent'),
      value: count(stats.sent),
      note: t('figure.of', { total: count(stats.total) }),
    },
    { label: t('figure.read'), value: percent(stats.read_rate), note: count(stats.read) },
    { label: t('figure.replied'), value: percent(stats.reply_rate), note: count(stats.replied) },
    {
      label: t('figure.answer_time'),
      value: stats.avg_response_seconds ? duration(stats.avg_response_seconds) : t('figure.none'),
      note: t('figure.answer_time_note'),
    },
    { label: t('figure.opted_out'), value: count(stats.opted_out), note: t('figure.opted_out_note') },
    // What is over has its time beside the name.
    stats.expected_finish_at
      ? {
          label: t('figure.finish'),
          value: fromNow(stats.expected_finish_at),
          note: moment(stats.expected_finish_at),
        }
      : null,
  ].filter((figure) => figure !== null);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: figures.length }} spacing="sm">
      {figures.map((figure) => (
        <Panel key={figure.label}>
          <Text size="sm" c="dimmed">
            {figure.label}
          </Text>
          <Text fw={700} size="xl">
            {figure.value}
          </Text>
          <Text size="xs" c="dimmed">
            {figure.note}
          </Text>
        </Panel>
      ))}
    </SimpleGrid>
  );
}

function Funnel({ stats }: { stats: Stats }) {
  const t = useText();
  return (
    <Panel title={t('funnel.title')}>
      <Bars
        rows={[
          { label: t('funnel.total'), value: stats.total },
          { label: t('funnel.sent'), value: stats.sent },
          { label: t('funnel.delivered'), value: stats.delivered },
          { label: t('funnel.read'), value: stats.read },
          { label: t('funnel.replied'), value: stats.replied },
        ]}
      />
      <Text size="xs" c="dimmed" mt="sm">
        {t('funnel.ticks')}
      </Text>
    </Panel>
  );
}

const STAGES = [
  'contacted',
  'replied',
  'interested',
  'offered',
  'applied',
  'won',
  'lost',
  'opted_out',
] as const;

function Stages({ stats }: { stats: Stats }) {
  const t = useText();
  const shared = useShared();
  const rows = STAGES.map((stage) => ({
    label: shared(`stage.${stage}`),
    value: stats.by_stage[stage] ?? 0,
  }));
  return (
    <Panel title={t('stages.title')}>
      <Bars rows={rows} />
    </Panel>
  );
}

function LeftOut({ id, stats }: { id: number; stats: Stats }) {
  const t = useText();
  return (
    <Panel title={t('left_out.title')}>
      {stats.reasons.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('left_out.nobody')}
        </Text>
      ) : (
        <Bars
          rows={stats.reasons.map(({ reason, text, count: value }) => ({
            label: text,
            value,
            link: { id, reason },
          }))}
        />
      )}
    </Panel>
  );
}

/** The newest days shown. */
const SHOWN_DAYS = 14;

function Days({ stats }: { stats: Stats }) {
  const t = useText();
  const days = Object.entries(stats.by_day).sort(([one], [other]) => one.localeCompare(other));
  return (
    <Panel title={t('days.title')}>
      {days.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('days.none')}
        </Text>
      ) : (
        <Bars rows={days.slice(-SHOWN_DAYS).map(([date, value]) => ({ label: day(date), value }))} />
      )}
    </Panel>
  );
}
