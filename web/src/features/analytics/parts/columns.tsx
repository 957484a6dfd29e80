import { count, percent } from '@/shared/format';
import type { Moment } from '../data';
import type { Column } from '../FigureTable';
import { useText } from '../texts';
import type { ChartProps } from './chart';

const COUNTED = ['sent', 'delivered', 'read', 'replied', 'opted_out'] as const;

/** What happened at a time: the time first, then the counts. */
export function useMomentColumns(title: string, name: (row: Moment) => string): Column<Moment>[] {
  const t = useText();
  const counted = COUNTED.map((key) => ({ title: t(`figure.${key}`), value: (row: Moment) => row[key] }));
  return [{ title, value: (row) => row.at, shown: name }, ...counted];
}

/** A count with its share of the whole. */
export function withShare(value: number, whole: number): string {
  return whole > 0 ? `${count(value)} (${percent(value / whole)})` : count(value);
}

/** What the lines of a chart are called. */
export function useNames(): ChartProps['names'] {
  const t = useText();
  return {
    sent: t('figure.sent'),
    delivered: t('figure.delivered'),
    read: t('figure.read'),
    replied: t('figure.replied'),
  };
}
