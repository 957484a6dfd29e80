import { IconAlertCircle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react';
import type { Schemas } from '@/shared/api/client';
import { useText } from '../texts';

const SHOWN = {
  queued: IconClock,
  sent: IconCheck,
  delivered: IconCheck,
  read: IconChecks,
  failed: IconAlertCircle,
} as const;

/** How far an own message got: clock, one tick (the server took it), two ticks (read), or an error. */
export function Ticks({ state }: { state: Schemas['MessageState'] }) {
  const t = useText();
  if (state === 'received') return null;
  const Icon = SHOWN[state];
  const color =
    state === 'failed'
      ? 'var(--mantine-color-error)'
      : state === 'read'
        ? 'var(--mantine-color-anchor)'
        : 'currentColor';
  return (
    <Icon
      size={16}
      stroke={2}
      color={color}
      role="img"
      aria-label={t(`tick.${state}`)}
      style={{ flex: 'none' }}
    />
  );
}
