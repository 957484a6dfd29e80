import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';
import { usePageTitle } from './usePageTitle';

interface Props {
  title: string;
  /** One line that says what the page is for. */
  about?: string;
  /** What one does here: buttons. */
  actions?: ReactNode;
  /** A way back or tabs, above the title. */
  above?: ReactNode;
}

/** The top of a page: its title (also the browser's), what it is for, and its main actions. */
export function PageHeader({ title, about, actions, above }: Props) {
  usePageTitle(title);
  return (
    <Box mb="md">
      {above}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ minWidth: 0, flex: '1 1 320px' }}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm" maw={720}>
              {about}
            </Text>
          )}
        </Box>
        {actions && (
          <Group gap="xs" className={classes.actions}>
            {actions}
          </Group>
        )}
      </Group>
    </Box>
  );
}
