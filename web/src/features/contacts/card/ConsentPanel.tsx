import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { Consent } from '@/shared/contact/Consent';
import type { Contact } from '@/shared/contact/Facts';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { filled, showRefusal } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { CONSENTS } from '../search';
import { useText } from '../texts';

/** May we write to the person, why, and the ledger that proves it. */
export function ConsentPanel({ contact }: { contact: Contact }) {
  const t = useText();
  const [open, setOpen] = useState<'record' | 'revoke' | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel>
      <Stack gap="sm">
        <Consent contact={contact} />
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setOpen('record')}>
            {contact.opted_out_at ? t('consent.anew') : t('consent.record')}
          </Button>
          {contact.consent !== 'none' && !contact.opted_out_at && (
            <Button size="xs" variant="default" onClick={() => setOpen('revoke')}>
              {t('consent.revoke')}
            </Button>
          )}
        </Group>
      </Stack>
      {open === 'record' && <Record contact={contact} onClose={close} />}
      {open === 'revoke' && <Revoke contact={contact} onClose={close} />}
    </Panel>
  );
}

/** A change of the ledger is a change of whom campaigns may write to. */
function useSettled() {
  const client = useQueryClient();
  return () => refresh(client, '/api/contacts*', '/api/dialogs/{contact_id}');
}

function Record({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const [key] = useState(newKey);
  const anew = Boolean(contact.opted_out_at);
  const form = useForm({
    initialValues: { basis: 'operator_attested' as Schemas['ConsentBasis'], evidence: '' },
    validate: { evidence: (value) => (anew && !value.trim() ? t('consent.evidence_needed') : null) },
  });
  const onSettled = useSettled();
  const grant = api.useMutation('post', '/api/contacts/{id}/consent', { meta: { quiet: true }, onSettled });
  const submit = form.onSubmit(({ basis, evidence }) =>
    grant.mutate(
      {
        params: { path: { id: contact.id }, header: idempotency(key) },
        body: { basis, evidence: filled(evidence), reinstate: anew || undefined },
      },
      {
        onSuccess: () => {
          onClose();
          tell(t('done.consent'));
        },
        onError: (error) => showRefusal(form, error),
      },
    ),
  );
  return (
    <Dialog opened onClose={onClose} title={anew ? t('consent.anew') : t('consent.record')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Select
            label={t('consent.basis')}
            allowDeselect={false}
            data={CONSENTS.filter((value) => value !== 'none').map((value) => ({
              value,
              label: shared(`consent.${value}`),
            }))}
            {...form.getInputProps('basis')}
          />
          <Textarea
            label={t('consent.evidence')}
            placeholder={t('consent.evidence_hint')}
            required={anew}
            autosize
            minRows={2}
            maxLength={1000}
            {...form.getInputProps('evidence')}
          />
          <Buttons action={shared('action.save')} busy={grant.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function Revoke({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useText();
  const [key] = useState(newKey);
  const form = useForm({ initialValues: { evidence: '' } });
  const onSettled = useSettled();
  const revoke = api.useMutation('post', '/api/contacts/{id}/revoke-consent', {
    meta: { quiet: true },
    onSettled,
  });
  const submit = form.onSubmit(({ evidence }) =>
    revoke.mutate(
      {
        params: { path: { id: contact.id }, header: idempotency(key) },
        body: { evidence: filled(evidence) },
      },
      {
        onSuccess: () => {
          onClose();
          tell(t('done.revoked'));
        },
        onError: (error) => showRefusal(form, error),
      },
    ),
  );
  return (
    <Dialog opened onClose={onClose} title={t('consent.revoke')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Textarea
            label={t('consent.why')}
            description={t('consent.revoke_about')}
            autosize
            minRows={2}
            maxLength={1000}
            {...form.getInputProps('evidence')}
          />
          <Buttons action={t('consent.revoke')} busy={revoke.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function Buttons({ action, busy, onClose }: { action: string; busy: boolean; onClose: () => void }) {
  const shared = useShared();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {shared('action.cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {action}
      </Button>
    </Group>
  );
}
