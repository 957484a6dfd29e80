import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Box } from '@mantine/core';
import { count, shortDay } from '@/shared/format';
import { CHART_HEIGHT, type ChartProps } from './chart';

/** The days as lines. What it shows stands in the table beside it, so it is one picture to a screen reader. */
export default function CourseChart({ items, label, names }: ChartProps) {
  return (
    <Box role="img" aria-label={label}>
      <LineChart
        h={CHART_HEIGHT}
        data={items.map((one) => ({ ...one, at: shortDay(one.at) }))}
        dataKey="at"
        series={[
          { name: 'sent', label: names.sent, color: 'var(--alfa-chart-1)' },
          // Telegram tells both at the same moment: the dashes show that there are two lines.
          {
            name: 'delivered',
            label: names.delivered,
            color: 'var(--alfa-chart-2)',
            strokeDasharray: '5 5',
          },
          { name: 'read', label: names.read, color: 'var(--alfa-chart-3)' },
          { name: 'replied', label: names.replied, color: 'var(--alfa-chart-4)' },
        ]}
        curveType="monotone"
        withDots={items.length <= 31}
        withLegend
        // In the order of the lines, not of the alphabet.
        legendProps={{ itemSorter: null }}
        valueFormatter={count}
        lineChartProps={{ accessibilityLayer: false }}
        yAxisProps={{ allowDecimals: false, width: 40 }}
      />
    </Box>
  );
}
