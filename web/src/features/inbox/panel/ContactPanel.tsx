import { Avatar, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { api } from '@/shared/api/client';
import { Consent } from '@/shared/contact/Consent';
import { type Contact, Facts } from '@/shared/contact/Facts';
import { Notes } from '@/shared/contact/Notes';
import { Stage } from '@/shared/contact/Stage';
import { StageHistory } from '@/shared/contact/StageHistory';
import { Tags } from '@/shared/contact/Tags';
import { useText as useShared } from '@/shared/i18n';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

/** Who the chat is with: profile, consent, place in the funnel, tags, notes, history. */
export function ContactPanel({ contactId }: { contactId: number }) {
  const contact = api.useQuery('get', '/api/contacts/{id}', { params: { path: { id: contactId } } });
  return <Loaded query={contact}>{(data) => <Panel key={data.id} contact={data} />}</Loaded>;
}

function Panel({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const name = contact.name || shared('state.unknown_name');
  return (
    <Stack gap="md">
      <Group wrap="nowrap">
        <Avatar name={name} color="initials" size={56} radius="xl" aria-hidden />
        <div style={{ minWidth: 0 }}>
          <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          {contact.profession && (
            <Text size="sm" c="dimmed">
              {contact.profession}
            </Text>
          )}
        </div>
      </Group>
      <Facts contact={contact} />
      <Divider />
      <Stage contact={contact} />
      <Tags contact={contact} />
      <Notes contact={contact} />
      <Divider />
      <Consent contact={contact} />
      <Divider />
      <Title order={3} size="h6">
        {t('panel.history')}
      </Title>
      <StageHistory contactId={contact.id} />
    </Stack>
  );
}
