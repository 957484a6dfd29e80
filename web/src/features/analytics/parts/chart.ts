import type { Moment } from '../data';

/** Pixels that a chart takes, and what stands in its place while its code is on the way. */
export const CHART_HEIGHT = 260;

/** What a chart shows. Its words come with it: its code is heavy and shares nothing with the page around it. */
export interface ChartProps {
  items: Moment[];
  /** What the picture is of, for whoever does not see it. */
  label: string;
  /** What the lines are called. */
  names: Record<'sent' | 'delivered' | 'read' | 'replied', string>;
}
