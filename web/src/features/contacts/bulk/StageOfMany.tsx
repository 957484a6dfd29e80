import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '@/shared/api/client';
import { BY_HAND, LOST_REASONS } from '@/shared/contact/Stage';
import { useText as useContactText } from '@/shared/contact/texts';
import { useText as useShared } from '@/shared/i18n';
import { useText } from '../texts';
import { ManyDialog, type ManyProps } from './ManyDialog';
import { useBulk } from './useBulk';

/** Moves many contacts to a stage of the funnel. */
export function StageOfMany({ who, count, onDone, onClose }: ManyProps) {
  const t = useText();
  const shared = useShared();
  const contact = useContactText();
  const [stage, setStage] = useState<(typeof BY_HAND)[number] | null>(null);
  const [reason, setReason] = useState<Schemas['LostWord'] | null>(null);
  const bulk = useBulk(who, onDone);
  const lost = stage === 'lost';
  return (
    <ManyDialog
      title={t('bulk.stage')}
      count={count}
      action={t('bulk.move')}
      disabled={stage === null || (lost && reason === null)}
      busy={bulk.busy}
      error={bulk.error}
      onSubmit={() =>
        stage &&
        bulk.run(
          { action: 'set_stage', stage, ...(lost && { reason: reason ?? undefined }) },
          shared(`stage.${stage}`),
        )
      }
      onClose={onClose}
    >
      <Select
        label={contact('panel.stage')}
        data={BY_HAND.map((value) => ({ value, label: shared(`stage.${value}`) }))}
        value={stage}
        onChange={(value) => setStage(BY_HAND.find((one) => one === value) ?? null)}
        data-autofocus
      />
      {lost && (
        <Select
          label={contact('panel.lost_reason')}
          data={LOST_REASONS.map((value) => ({ value, label: contact(`lost.${value}`) }))}
          value={reason}
          onChange={(value) => setReason(LOST_REASONS.find((one) => one === value) ?? null)}
        />
      )}
    </ManyDialog>
  );
}
