import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '@/shared/ui/Dialog';
import { useText } from '../texts';
import { PlaceForm } from './PlaceForm';
import { SessionForm } from './SessionForm';
import type { Slot } from './slot';

/** What can be put into the schedule. */
export type NewKind = 'session' | 'place';

interface Props {
  slot: Slot;
  /** What is offered first. */
  kind: NewKind;
  onClose: () => void;
}

/** Puts something into free time: a session, or a booking of a place. */
export function NewItem({ slot, kind: first, onClose }: Props) {
  const t = useText();
  const [kind, setKind] = useState(first);
  return (
    <Dialog opened onClose={onClose} title={t(`new.${kind}`)} size="lg">
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label={t('new.what')}
        value={kind}
        onChange={(value) => setKind(value as NewKind)}
        data={(['session', 'place'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      {kind === 'session' ? (
        <SessionForm slot={slot} onClose={onClose} />
      ) : (
        <PlaceForm slot={slot} onClose={onClose} />
      )}
    </Dialog>
  );
}
