import { Avatar, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { api, type Schemas } from '@/shared/api/client';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Loaded } from '@/shared/ui/states';
import classes from '../inbox.module.css';
import { useText } from '../texts';
import { Consent } from './Consent';
import { Notes } from './Notes';
import { Stage } from './Stage';
import { StageHistory } from './StageHistory';
import { Tags } from './Tags';

export type Contact = Schemas['Contact'];

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

function Facts({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const rows = [
    [t('fact.phone'), contact.phone && phone(contact.phone)],
    [t('fact.username'), contact.username && `@${contact.username}`],
    [t('fact.interests'), contact.interests],
    [t('fact.goal'), contact.goal],
    [t('fact.age'), contact.age?.toString()],
    [t('fact.source'), shared(`source.${contact.source}`)],
    [t('fact.status'), contact.status === 'active' ? null : shared(`contact_status.${contact.status}`)],
    ...Object.entries(contact.extra ?? {}).map(([key, value]) => [key, String(value)]),
  ].filter((row): row is [string, string] => Boolean(row[1]));
  return (
    <dl className={classes.facts}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
