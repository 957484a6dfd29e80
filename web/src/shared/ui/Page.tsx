import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

/** A page that scrolls as a whole, no wider than reads well. `wide` for tables. */
export function Page({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <Box className={classes.scroll}>
      <Box className={classes.page} data-wide={wide || undefined}>
        {children}
      </Box>
    </Box>
  );
}
