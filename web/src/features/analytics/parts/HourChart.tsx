import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Box } from '@mantine/core';
import { count } from '@/shared/format';
import { CHART_HEIGHT, type ChartProps } from './chart';

/** When in the day people are written to, read and answer. */
export default function HourChart({ items, label, names }: ChartProps) {
  return (
    <Box role="img" aria-label={label}>
      <BarChart
        h={CHART_HEIGHT}
        data={items}
        dataKey="at"
        series={[
          { name: 'sent', label: names.sent, color: 'var(--alfa-chart-1)' },
          { name: 'read', label: names.read, color: 'var(--alfa-chart-3)' },
          { name: 'replied', label: names.replied, color: 'var(--alfa-chart-4)' },
        ]}
        withLegend
        // In the order of the lines, not of the alphabet.
        legendProps={{ itemSorter: null }}
        valueFormatter={count}
        barChartProps={{ accessibilityLayer: false }}
        yAxisProps={{ allowDecimals: false, width: 40 }}
      />
    </Box>
  );
}
