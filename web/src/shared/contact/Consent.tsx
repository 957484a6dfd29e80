import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, idempotency, newKey } from '../api/client';
import { refresh } from '../api/keys';
import { moment } from '../format';
import { useText as useShared } from '../i18n';
import { tell, tellUndoable } from '../ui/notify';
import { evidenceWords } from './evidence';
import type { Contact } from './Facts';
import { mover } from './mover';
import { useText } from './texts';

/** Whether the contact may be written to, why, and the ledger behind it. */
export function Consent({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const stopped = Boolean(contact.opted_out_at);
  const may = !stopped && contact.consent !== 'none';
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {t('panel.consent')}
      </Title>
      <Group gap="xs">
        <Badge
          color={may ? 'teal' : 'red'}
          variant="default"
          leftSection={
            may ? <IconCircleCheck size={14} aria-hidden /> : <IconCircleOff size={14} aria-hidden />
          }
        >
          {stopped ? shared('stage.opted_out') : shared(`consent.${contact.consent}`)}
        </Badge>
        {contact.opted_out_at && (
          <Text size="xs" c="dimmed">
            {moment(contact.opted_out_at)}
          </Text>
        )}
      </Group>
      <Ledger contactId={contact.id} />
      {!stopped && <Decide contact={contact} />}
    </Stack>
  );
}

function Decide({ contact }: { contact: Contact }) {
  const t = useText();
  const client = useQueryClient();
  const onSettled = () => refresh(client, '/api/contacts*', '/api/dialogs/{contact_id}');
  const grant = api.useMutation('post', '/api/contacts/{id}/consent', { onSettled });
  const optOut = api.useMutation('post', '/api/contacts/{id}/opt-out', { onSettled });
  const params = () => ({ params: { path: { id: contact.id }, header: idempotency(newKey()) } });
  return (
    <Group gap="xs">
      {contact.consent === 'none' && (
        <Button
          size="xs"
          variant="light"
          loading={grant.isPending}
          onClick={() =>
            grant.mutate(
              { ...params(), body: { basis: 'operator_attested', evidence: t('consent.evidence') } },
              { onSuccess: () => tell(t('done.consent')) },
            )
          }
        >
          {t('consent.attest')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          // Told at once but done when the time to take it back is over: an opt-out is for good.
          tellUndoable({ message: t('done.opted_out'), undo: () => {}, later: () => optOut.mutate(params()) })
        }
      >
        {t('consent.opt_out')}
      </Button>
    </Group>
  );
}

function Ledger({ contactId }: { contactId: number }) {
  const t = useText();
  const shared = useShared();
  const ledger = api.useQuery('get', '/api/contacts/{id}/consent', { params: { path: { id: contactId } } });
  return (
    <Stack gap={2}>
      {ledger.data?.items.map((entry) => (
        <Text key={entry.id} size="xs" c="dimmed">
          {t(`ledger.${entry.action}`, {
            at: moment(entry.created_at),
            basis: shared(`consent.${entry.basis}`),
            by: mover(entry.recorded_by, t),
          })}
          {entry.evidence ? ` · ${evidenceWords(entry.evidence, t)}` : ''}
        </Text>
      ))}
    </Stack>
  );
}
