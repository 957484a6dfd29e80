import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { count as shown } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { words } from '@/shared/ui/notify';
import { useText } from '../texts';
import type { Who } from './useBulk';

/** What every window gets that changes many contacts. */
export interface ManyProps {
  who: Who;
  /** How many people it is for. */
  count: number;
  /** The change has begun. */
  onDone: () => void;
  onClose: () => void;
}

interface Props {
  title: string;
  count: number;
  /** The word on the button that does it. */
  action: string;
  danger?: boolean;
  disabled?: boolean;
  busy: boolean;
  error: unknown;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}

/** A window that asks what to do with many contacts, and says for how many. */
export function ManyDialog(props: Props) {
  const t = useText();
  const shared = useShared();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.disabled) props.onSubmit();
  };
  return (
    <Dialog opened onClose={props.onClose} title={props.title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            {t('bulk.people', { count: props.count, shown: shown(props.count) })}
          </Text>
          {props.children}
          {Boolean(props.error) && (
            <Alert color="red" role="alert">
              {words(props.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {shared('action.cancel')}
            </Button>
            <Button
              type="submit"
              color={props.danger ? 'red' : undefined}
              loading={props.busy}
              disabled={props.disabled}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
