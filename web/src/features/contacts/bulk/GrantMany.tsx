import { Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { CONSENTS } from '../search';
import { useText } from '../texts';
import { ManyDialog, type ManyProps } from './ManyDialog';
import { useBulk } from './useBulk';

const BASES = CONSENTS.filter((one) => one !== 'none');

/** Records that many people agreed to be written to, with what proves it. Whoever said stop stays as it is. */
export function GrantMany({ who, count, onDone, onClose }: ManyProps) {
  const t = useText();
  const shared = useShared();
  const [basis, setBasis] = useState<(typeof BASES)[number]>('opt_in_form');
  const [evidence, setEvidence] = useState('');
  const bulk = useBulk(who, onDone);
  return (
    <ManyDialog
      title={t('bulk.consent')}
      count={count}
      action={t('consent.record')}
      disabled={evidence.trim() === ''}
      busy={bulk.busy}
      error={bulk.error}
      onSubmit={() => bulk.run({ action: 'grant_consent', basis, evidence: evidence.trim() })}
      onClose={onClose}
    >
      <Text size="sm">{t('bulk.consent_about')}</Text>
      <Select
        label={t('consent.basis')}
        allowDeselect={false}
        data={BASES.map((value) => ({ value, label: shared(`consent.${value}`) }))}
        value={basis}
        onChange={(value) => setBasis(BASES.find((one) => one === value) ?? basis)}
      />
      <Textarea
        label={t('consent.evidence')}
        placeholder={t('consent.evidence_hint')}
        required
        autosize
        minRows={2}
        maxLength={1000}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        data-autofocus
      />
    </ManyDialog>
  );
}
