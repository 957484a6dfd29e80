import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { TextLink } from '@/shared/ui/links';
import { Loaded } from '@/shared/ui/states';
import { usePhone } from '@/shared/ui/usePhone';
import { type Part, useCourse, useParts } from '../data';
import { FigurePanel } from '../FigurePanel';
import type { Column } from '../FigureTable';
import { BY, type Scope, useAnalytics } from '../search';
import { useText } from '../texts';
import { CHART_HEIGHT } from './chart';
import { useMomentColumns, useNames, withShare } from './columns';

const HourChart = lazy(() => import('./HourChart'));

/** What brought what: told apart by campaign, product, variant of the text, or hour of the day. */
export function Breakdown({ scope }: { scope: Scope }) {
  const { by = 'campaign' } = useAnalytics();
  return by === 'hour' ? <Hours scope={scope} /> : <Parts scope={scope} by={by} />;
}

function Choice() {
  const t = useText();
  const phone = usePhone();
  const { by = 'campaign', show } = useAnalytics();
  return (
    <SegmentedControl
      size="xs"
      mb="sm"
      fullWidth={phone}
      aria-label={t('breakdown.by')}
      value={by}
      onChange={(next) => show({ by: next as typeof by })}
      data={BY.map((value) => ({ value, label: t(`by.${value}`) }))}
    />
  );
}

function Parts({ scope, by }: { scope: Scope; by: 'campaign' | 'product' | 'variant' }) {
  const t = useText();
  const parts = useParts(scope, by);
  const columns: Column<Part>[] = [
    { title: t(`by.${by}`), value: (row) => nameOf(row), shown: (row) => <Name part={row} by={by} /> },
    { title: t('figure.sent'), value: (row) => row.sent },
    { title: t('figure.delivered'), value: (row) => row.delivered },
    { title: t('figure.read'), value: (row) => row.read, shown: (row) => withShare(row.read, row.sent) },
    {
      title: t('figure.replied'),
      value: (row) => row.replied,
      shown: (row) => withShare(row.replied, row.sent),
    },
    {
      title: t('figure.applied'),
      value: (row) => row.applied,
      shown: (row) => withShare(row.applied, row.sent),
    },
    { title: t('figure.won'), value: (row) => row.won },
    { title: t('figure.opted_out'), value: (row) => row.opted_out },
  ];
  const nameOf = (row: Part) => {
    const name = row.name ?? t('breakdown.no_product');
    return by === 'variant' ? t('breakdown.variant', { name, number: (row.id ?? 0) + 1 }) : name;
  };
  return (
    <Loaded query={parts} rows={3}>
      {({ items }) => (
        <FigurePanel
          title={t('breakdown.title')}
          file={`alfa-${by}-${scope.from}-${scope.to}`}
          columns={columns}
          rows={items.toSorted((one, other) => other.sent - one.sent)}
          choice={<Choice />}
          note={
            <Text size="xs" c="dimmed" mt="sm">
              {t('breakdown.note')}
            </Text>
          }
        />
      )}
    </Loaded>
  );
}

/** The name, as a link to what can be looked at closer. */
function Name({ part, by }: { part: Part; by: 'campaign' | 'product' | 'variant' }) {
  const t = useText();
  const name = part.name ?? t('breakdown.no_product');
  const { id, campaign_id } = part;
  if (by === 'campaign' && id)
    return (
      <TextLink to="/campaigns/$id" params={{ id }} size="sm">
        {name}
      </TextLink>
    );
  if (by === 'variant' && campaign_id)
    return (
      <TextLink
        to="/campaigns/$id"
        params={{ id: campaign_id }}
        search={{ part: 'people', variant: id ?? 0 }}
        size="sm"
      >
        {t('breakdown.variant', { name, number: (id ?? 0) + 1 })}
      </TextLink>
    );
  return name;
}

function Hours({ scope }: { scope: Scope }) {
  const t = useText();
  const names = useNames();
  const hours = useCourse(scope, 'hour');
  const columns = useMomentColumns(t('by.hour'), (one) => hourName(one.at));
  return (
    <Loaded query={hours} rows={3}>
      {({ items }) => (
        <FigurePanel
          title={t('breakdown.title')}
          file={`alfa-hours-${scope.from}-${scope.to}`}
          columns={columns}
          rows={items}
          choice={<Choice />}
          picture={
            <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
              <HourChart
                items={items.map((one) => ({ ...one, at: hourName(one.at) }))}
                label={t('breakdown.hours')}
                names={names}
              />
            </Suspense>
          }
          note={
            <Text size="xs" c="dimmed" mt="sm">
              {t('breakdown.hours_note')}
            </Text>
          }
        />
      )}
    </Loaded>
  );
}

/** `9` is `09:00`. */
function hourName(at: string): string {
  return `${at.padStart(2, '0')}:00`;
}
