import { Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '../api/client';
import { refresh } from '../api/keys';
import { useText as useShared } from '../i18n';
import { tellUndoable } from '../ui/notify';
import type { Contact } from './Facts';
import { useText } from './texts';

type StageName = Schemas['FunnelStage'];

/** Stages that are set by hand: the first and "asked not to write" are not. */
export const BY_HAND = ['contacted', 'replied', 'interested', 'offered', 'applied', 'won', 'lost'] as const;
/** Why a contact was lost. */
export const LOST_REASONS = [
  'no_need',
  'already_has',
  'no_trust',
  'price',
  'fear_of_debt',
  'bad_experience',
  'silent',
  'competitor',
  'refused',
  'other',
] as const;

/** What can not be changed is to be read all the same. */
const READABLE = { input: { opacity: 1, color: 'var(--mantine-color-dimmed)' } };

/** Where the contact is in the funnel, and why when it was lost. */
export function Stage({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const move = api.useMutation('post', '/api/contacts/{id}/stage', {
    onSettled: () => refresh(client, '/api/contacts*', '/api/dialogs/{contact_id}'),
  });
  const set = (stage: StageName, reason?: Schemas['LostWord'], silent = false) => {
    setAsking(false);
    const before = contact.stage;
    move.mutate(
      { params: { path: { id: contact.id }, header: idempotency(newKey()) }, body: { stage, reason } },
      {
        onSuccess: () => {
          if (!silent && BY_HAND.some((one) => one === before && one !== 'lost')) {
            tellUndoable({
              message: t('done.stage', { stage: shared(`stage.${stage}`) }),
              undo: () => set(before, undefined, true),
            });
          }
        },
      },
    );
  };
  const choose = (value: string | null) => {
    if (value === 'lost') setAsking(true);
    else if (value) set(value as StageName);
  };
  const stopped = contact.stage === 'opted_out';
  const known = BY_HAND.some((one) => one === contact.stage);
  const stages: StageName[] = known ? [...BY_HAND] : [contact.stage, ...BY_HAND];
  return (
    <>
      <Select
        label={t('panel.stage')}
        data={stages.map((value) => ({ value, label: shared(`stage.${value}`) }))}
        value={asking ? 'lost' : contact.stage}
        onChange={choose}
        allowDeselect={false}
        disabled={stopped}
        styles={stopped ? READABLE : undefined}
      />
      {asking && (
        <Select
          label={t('panel.lost_reason')}
          data={LOST_REASONS.map((value) => ({ value, label: t(`lost.${value}`) }))}
          onChange={(value) => value && set('lost', value as Schemas['LostWord'])}
          defaultDropdownOpened
          autoFocus
        />
      )}
    </>
  );
}
