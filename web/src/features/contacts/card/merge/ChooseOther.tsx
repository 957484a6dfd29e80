import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import type { Contact } from '@/shared/contact/Facts';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../../texts';

const TYPING_MS = 250;
const FOUND = 8;

interface Props {
  contact: Contact;
  onChoose: (other: Contact) => void;
}

/** The other record: one that looks like the same person, or any that is found by name or phone. */
export function ChooseOther({ contact, onChoose }: Props) {
  const t = useText();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), TYPING_MS);
  return (
    <Stack gap="sm">
      <TextInput
        type="search"
        label={t('merge.find')}
        placeholder={t('filter.search_hint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={200}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {asked ? (
        <Found contact={contact} search={asked} onChoose={onChoose} />
      ) : (
        <Alike contact={contact} onChoose={onChoose} />
      )}
    </Stack>
  );
}

function Alike({ contact, onChoose }: Props) {
  const t = useText();
  const alike = api.useQuery('get', '/api/contacts/{id}/duplicates', {
    params: { path: { id: contact.id } },
  });
  return (
    <Loaded query={alike} rows={2}>
      {({ items }) => (
        <>
          <Title order={3} size="h6">
            {items.length > 0 ? t('merge.alike') : t('merge.none_alike')}
          </Title>
          <Choice items={items} onChoose={onChoose} />
        </>
      )}
    </Loaded>
  );
}

function Found({ contact, search, onChoose }: Props & { search: string }) {
  const t = useText();
  const found = api.useQuery('get', '/api/contacts', { params: { query: { search, limit: FOUND } } });
  return (
    <Loaded query={found} rows={2}>
      {({ items }) => {
        const others = items.filter((one) => one.id !== contact.id);
        if (others.length === 0) return <Text size="sm">{t('nobody.filtered')}</Text>;
        return <Choice items={others} onChoose={onChoose} />;
      }}
    </Loaded>
  );
}

function Choice({ items, onChoose }: { items: Contact[]; onChoose: (other: Contact) => void }) {
  const t = useText();
  const shared = useShared();
  return (
    <Stack gap="xs">
      {items.map((one) => {
        const name = one.name || shared('state.unknown_name');
        return (
          <Paper key={one.id} withBorder p="xs">
            <Group justify="space-between" wrap="nowrap">
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {[one.phone && phone(one.phone), one.username && `@${one.username}`, one.profession]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              <Button
                size="xs"
                variant="default"
                aria-label={t('merge.choose', { name })}
                onClick={() => onChoose(one)}
              >
                {t('merge.compare')}
              </Button>
            </Group>
          </Paper>
        );
      })}
    </Stack>
  );
}
