import { Paper, type PaperProps, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A framed part of a page, with a heading. */
export function Panel({
  title,
  children,
  ...props
}: { title?: ReactNode; children: ReactNode } & PaperProps) {
  return (
    <Paper withBorder p="md" {...props}>
      {title && (
        <Title order={2} size="h5" mb="sm">
          {title}
        </Title>
      )}
      {children}
    </Paper>
  );
}
