import { Badge, Group, Text } from '@mantine/core';
import type { DataTableColumn } from 'mantine-datatable';
import type { Contact } from '@/shared/contact/Facts';
import { phone, shortMoment } from '@/shared/format';
import { text as shared } from '@/shared/i18n';
import { TextLink } from '@/shared/ui/links';
import { text } from '../texts';
import classes from './columns.module.css';

const SHOWN_TAGS = 3;

/** The name, which opens the card. */
export function Name({ contact }: { contact: Contact }) {
  return (
    <TextLink
      to="/contacts/$id"
      params={{ id: contact.id }}
      fw={600}
      size="sm"
      style={{ overflowWrap: 'anywhere' }}
      onClick={(event) => event.stopPropagation()}
    >
      {contact.name || shared('state.unknown_name')}
    </TextLink>
  );
}

/** Whether one may write to the contact, and why. */
export function MayWrite({ contact }: { contact: Contact }) {
  if (contact.opted_out_at)
    return (
      <Badge color="red" size="sm" tt="none" className={classes.whole}>
        {shared('stage.opted_out')}
      </Badge>
    );
  const none = contact.consent === 'none';
  return (
    <Badge
      variant="default"
      size="sm"
      tt="none"
      fw={600}
      color={none ? 'red' : 'teal'}
      className={classes.whole}
    >
      {shared(`consent.${contact.consent}`)}
    </Badge>
  );
}

/** Some of the tags, and how many more there are. */
export function TagList({ tags }: { tags: string[] }) {
  return (
    <Group gap={4}>
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <Badge key={tag} variant="default" tt="none" fw={500}>
          {tag}
        </Badge>
      ))}
      {tags.length > SHOWN_TAGS && (
        <Text size="xs" c="dimmed">
          {`+${tags.length - SHOWN_TAGS}`}
        </Text>
      )}
    </Group>
  );
}

/** The columns of the list, in the language of now. */
export function columns(): DataTableColumn<Contact>[] {
  return [
    {
      accessor: 'name',
      title: text('column.name'),
      sortable: true,
      width: 160,
      render: (row) => <Name contact={row} />,
    },
    {
      accessor: 'phone',
      title: text('column.phone'),
      noWrap: true,
      render: (row) => (row.phone ? phone(row.phone) : row.username ? `@${row.username}` : ''),
    },
    { accessor: 'profession', title: text('column.profession'), ellipsis: true, width: 118 },
    {
      accessor: 'consent',
      title: text('column.consent'),
      noWrap: true,
      render: (row) => <MayWrite contact={row} />,
    },
    {
      accessor: 'stage',
      title: text('column.stage'),
      noWrap: true,
      render: (row) => shared(`stage.${row.stage}`),
    },
    { accessor: 'tags', title: text('column.tags'), render: (row) => <TagList tags={row.tags} /> },
    {
      accessor: 'last_message_at',
      title: text('column.last_message_at'),
      sortable: true,
      noWrap: true,
      render: (row) => (row.last_message_at ? shortMoment(row.last_message_at) : ''),
    },
    {
      accessor: 'created_at',
      title: text('column.created_at'),
      sortable: true,
      noWrap: true,
      render: (row) => shortMoment(row.created_at),
    },
  ];
}
