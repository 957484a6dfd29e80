import { Box, Text } from '@mantine/core';
import { count } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import classes from './Bars.module.css';

interface Row {
  label: string;
  value: number;
  /** Leads to the people behind the figure. */
  link?: { id: number; reason: string };
}

/** Figures as a list of bars, each as long as its share of the largest. */
export function Bars({ rows }: { rows: Row[] }) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <Box component="ul" className={classes.bars}>
      {rows.map((row) => (
        <li key={row.label} className={classes.row}>
          <Text size="sm" component="span">
            {row.link ? (
              <TextLink
                to="/campaigns/$id"
                params={{ id: row.link.id }}
                search={{ part: 'people', reason: row.link.reason }}
                size="sm"
              >
                {row.label}
              </TextLink>
            ) : (
              row.label
            )}
          </Text>
          <span className={classes.track} aria-hidden>
            <span className={classes.bar} style={{ width: `${(row.value / most) * 100}%` }} />
          </span>
          <Text size="sm" fw={600} component="span" ta="right">
            {count(row.value)}
          </Text>
        </li>
      ))}
    </Box>
  );
}
