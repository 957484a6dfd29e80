import { Group, Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLiveStatus } from '@/shared/live';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

/** A stream that comes back within this long was no loss worth a word. */
const PATIENCE_MS = 1_500;

/** Says that the server is away, for as long as it is, and that it is back. */
export function ConnectionBanner() {
  const t = useText();
  const status = useLiveStatus();
  const [shown, setShown] = useState(false);
  const said = useRef(false);
  useEffect(() => {
    if (status !== 'lost') {
      setShown(false);
      if (said.current) tell(t('connection.back'));
      said.current = false;
      return;
    }
    const timer = setTimeout(() => {
      said.current = true;
      setShown(true);
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [status, t]);
  return (
    <div role="status">
      {shown && (
        <Group justify="center" gap="sm" p={6} bg="red.9" c="white" wrap="nowrap">
          <Loader size="xs" color="white" />
          <Text size="sm" inherit>
            {t('connection.lost')}
          </Text>
        </Group>
      )}
    </div>
  );
}
