import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { filled, showFirst, showRefusal } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { CONSENTS } from '../search';
import { useText } from '../texts';
import { ContactFields, inputOf, valuesOf } from './ContactFields';

/** A contact entered by hand. */
export function NewContact({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const navigate = useNavigate();
  const client = useQueryClient();
  // One key for the window: however often it is pressed, one contact is made.
  const [key, setKey] = useState(newKey);
  const form = useForm({
    initialValues: {
      ...valuesOf(),
      consent: 'operator_attested' as Schemas['ConsentBasis'],
      consent_evidence: '',
    },
    validate: { name: (value) => (value.trim() ? null : t('form.name_needed')) },
  });
  const create = api.useMutation('post', '/api/contacts/create', { meta: { quiet: true } });
  const submit = form.onSubmit(
    (values) =>
      create.mutate(
        {
          params: { header: idempotency(key) },
          body: {
            ...inputOf(values),
            consent: values.consent,
            consent_evidence: filled(values.consent_evidence),
          },
        },
        {
          onSuccess: (contact) => {
            tell(t('done.created', { name: contact.name }));
            void refresh(client, '/api/contacts*');
            void navigate({ to: '/contacts/$id', params: { id: contact.id } });
          },
          onError: (error) => {
            setKey(keyAfter(key, error));
            showRefusal(form, error);
          },
        },
      ),
    showFirst,
  );
  return (
    <Dialog opened onClose={onClose} title={t('new')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ContactFields form={form} />
          <Select
            label={t('form.consent')}
            description={t('form.consent_about')}
            allowDeselect={false}
            data={CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) }))}
            {...form.getInputProps('consent')}
          />
          {form.values.consent === 'none' ? (
            <Text size="sm" c="dimmed">
              {t('form.consent_none')}
            </Text>
          ) : (
            <Textarea
              label={t('form.evidence')}
              placeholder={t('form.evidence_hint')}
              autosize
              maxLength={1000}
              {...form.getInputProps('consent_evidence')}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('form.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
