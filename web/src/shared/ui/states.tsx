import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useText } from '../i18n';
import { words } from './notify';

interface EmptyProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  title: string;
  children?: ReactNode;
  /** The next step: a button or two. */
  action?: ReactNode;
}

/** Nothing is here yet, and what to do about it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <Center p="xl" style={{ flex: 1 }}>
      <Stack align="center" gap="sm" maw={420}>
        <ThemeIcon size={56} radius="xl" variant="light">
          <Icon size={30} stroke={1.5} aria-hidden />
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        {children && (
          <Text c="dimmed" ta="center" size="sm" component="div">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** Nothing fits the filters, and a way to clear them. */
export function NothingFits({
  title,
  children,
  onClear,
}: Pick<EmptyProps, 'title' | 'children'> & { onClear: () => void }) {
  const t = useText();
  return (
    <Empty
      icon={IconSearchOff}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          {t('action.clear')}
        </Button>
      }
    >
      {children}
    </Empty>
  );
}

/** Something could not be loaded; says why and offers to try again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useText();
  return (
    <Center p="xl" style={{ flex: 1 }}>
      <Alert
        color="red"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('error.title')}
        maw={480}
        role="alert"
      >
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{words(error)}</Text>
          <Button size="xs" variant="default" onClick={retry}>
            {t('action.retry')}
          </Button>
        </Stack>
      </Alert>
    </Center>
  );
}

/** Grey bars where rows will be. */
export function RowsLoading({ rows = 8, height = 44 }: { rows?: number; height?: number }) {
  const t = useText();
  return (
    <Stack gap="xs" p="md" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What a query brought, or the grey bars, or why it failed. What was loaded before stays while it is asked again. */
export function Loaded<T>({ query, rows, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <RowsLoading rows={rows} />;
}
