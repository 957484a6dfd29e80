import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n';
import { Dialog } from './Dialog';

interface Props {
  opened: boolean;
  title: string;
  /** What will happen and what stays. */
  children: ReactNode;
  /** The word on the button that does it. */
  action: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that can not be taken back. What can be is done at once with `tellUndoable`. */
export function Confirm({ opened, title, children, action, busy, onConfirm, onClose }: Props) {
  const t = useText();
  return (
    <Dialog opened={opened} onClose={onClose} title={title} fullScreen={false}>
      <Text size="sm" component="div">
        {children}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
