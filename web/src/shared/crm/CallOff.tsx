import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText as useShared } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { filled } from '../ui/forms';
import { useText } from './texts';

interface Props {
  title: string;
  /** What will happen. */
  about: string;
  busy: boolean;
  onConfirm: (how: { reason: string | undefined; notify: boolean }) => void;
  onClose: () => void;
}

/** Asks why something is called off and whether the client is told: a freed seat goes to others and does not come back. */
export function CallOff({ title, about, busy, onConfirm, onClose }: Props) {
  const t = useText();
  const shared = useShared();
  const [reason, setReason] = useState('');
  const [notify, setNotify] = useState(false);
  return (
    <Dialog opened onClose={onClose} title={title} fullScreen={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm({ reason: filled(reason), notify });
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{about}</Text>
          <TextInput
            label={t('call_off.reason')}
            maxLength={255}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Checkbox
            label={t('call_off.notify')}
            checked={notify}
            onChange={(event) => setNotify(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.back')}
            </Button>
            <Button type="submit" color="red" loading={busy}>
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
