import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count } from '../format';
import classes from './Bars.module.css';

/** A figure with its name. */
export interface Bar {
  key: string;
  /** Its name, or a link to what is behind it. */
  label: ReactNode;
  value: number;
  /** A word beside the figure: its share, say. */
  note?: string;
}

/** Figures as a list of bars, each as long as its share of the largest. */
export function Bars({ rows }: { rows: Bar[] }) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <Box component="ul" className={classes.bars}>
      {rows.map((row) => (
        <li key={row.key} className={classes.row}>
          <Text size="sm" component="span">
            {row.label}
          </Text>
          <span className={classes.track} aria-hidden>
            <span className={classes.bar} style={{ width: `${(row.value / most) * 100}%` }} />
          </span>
          <Text size="sm" component="span" ta="right">
            <b>{count(row.value)}</b>
            {row.note && ` ${row.note}`}
          </Text>
        </li>
      ))}
    </Box>
  );
}
