import { Button, Divider, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, idempotency, keyAfter, newKey, type Schemas } from '@/shared/api/client';
import { useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { filled, showFirst, showRefusal } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';
import { ClientFields, cardOf, isBornLater, valuesOf } from './ClientFields';

const PAUSE_MS = 250;
const SHOWN_CONTACTS = 5;
const CONSENTS = ['operator_attested', 'existing_client', 'opt_in_form', 'none'] as const;

/** A client entered by hand: a new person, or somebody who is a contact already. */
export function NewClient({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const navigate = useNavigate();
  const onSettled = useCrmRefresh();
  // One key for the window: however often it is pressed, one client is made.
  const [key, setKey] = useState(newKey);
  const { today } = useBusiness();
  const [contact, setContact] = useState<{ id: number; name: string } | null>(null);
  const form = useForm({
    initialValues: {
      ...valuesOf(),
      name: '',
      phone: '',
      username: '',
      consent: 'existing_client' as Schemas['ConsentBasis'],
    },
    validate: {
      name: (value) => (contact || value.trim() ? null : t('form.name_needed')),
      birth_date: (_value, values) => (isBornLater(values, today) ? t('form.birth_later') : null),
    },
  });
  const create = api.useMutation('post', '/api/clients', { meta: { quiet: true }, onSettled });
  const submit = form.onSubmit(
    (values) =>
      create.mutate(
        {
          params: { header: idempotency(key) },
          body: {
            ...cardOf(values),
            ...(contact
              ? { contact_id: contact.id }
              : {
                  contact: {
                    name: values.name.trim(),
                    phone: filled(values.phone),
                    username: filled(values.username),
                    consent: values.consent,
                  },
                }),
          },
        },
        {
          onSuccess: (client) => {
            tell(t('done.created', { name: client.name }));
            void navigate({ to: '/clients/$id', params: { id: client.id } });
          },
          onError: (error) => {
            setKey(keyAfter(key, error));
            showRefusal(form, error, 'contact.');
          },
        },
      ),
    showFirst,
  );
  return (
    <Dialog opened onClose={onClose} title={t('new')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {contact ? (
            <Group gap="xs">
              <TextInput label={t('form.contact')} value={contact.name} readOnly flex={1} />
              <Button variant="subtle" color="gray" mt={24} onClick={() => setContact(null)}>
                {t('form.other')}
              </Button>
            </Group>
          ) : (
            <>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <TextInput
                  label={t('column.name')}
                  required
                  maxLength={200}
                  data-autofocus
                  {...form.getInputProps('name')}
                />
                <TextInput
                  type="tel"
                  label={t('column.phone')}
                  placeholder={'+7 916 123-45-67'}
                  {...form.getInputProps('phone')}
                />
                <TextInput
                  label={t('form.username')}
                  placeholder={'@username'}
                  {...form.getInputProps('username')}
                />
                <Select
                  label={t('form.consent')}
                  allowDeselect={false}
                  data={CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) }))}
                  {...form.getInputProps('consent')}
                />
              </SimpleGrid>
              <Known search={form.values.phone || form.values.name} onChoose={setContact} />
            </>
          )}
          <Divider />
          <ClientFields form={form} />
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

/** Contacts that look like the one that is typed: they need no second entry. */
function Known({
  search: typed,
  onChoose,
}: {
  search: string;
  onChoose: (contact: { id: number; name: string }) => void;
}) {
  const t = useText();
  const [search] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const found = api.useQuery(
    'get',
    '/api/contacts',
    { params: { query: { search, limit: SHOWN_CONTACTS } } },
    { enabled: search.length >= 3 },
  );
  const items = search.length >= 3 ? (found.data?.items ?? []) : [];
  if (items.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('form.known')}>
      {t('form.known')}
      {items.map((contact) => (
        <Button
          key={contact.id}
          size="compact-sm"
          variant="light"
          onClick={() => onChoose({ id: contact.id, name: contact.name })}
        >
          {[contact.name, contact.phone && phone(contact.phone)].filter(Boolean).join(', ')}
        </Button>
      ))}
    </Group>
  );
}
