import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconPlus, IconUpload, IconUsers } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
import type { Contact } from '@/shared/contact/Facts';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { DataTable } from '@/shared/ui/DataTable';
import { useKeys } from '@/shared/ui/keys';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, NothingFits } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { useSelection } from '@/shared/ui/useSelection';
import { BulkBar } from './bulk/BulkBar';
import { BulkOutcome } from './bulk/BulkOutcome';
import { NewContact } from './form/NewContact';
import { columns, MayWrite, Name, TagList } from './list/columns';
import { Filters } from './list/Filters';
import { SavedFilters } from './list/SavedFilters';
import { exportAddress, type Filter, forApi, narrowedBy, useFilter } from './search';
import { useText } from './texts';

/** Everybody we know, by filter. */
export function ContactsPage() {
  const t = useText();
  const { filter, creating, create } = useFilter();
  useKeys([{ press: 'n', label: t('keys.new'), run: () => create(true) }]);
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Button
              component="a"
              href={exportAddress(filter)}
              download
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Button>
            <UploadButton variant="default" />
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create(true)}>
              {t('new')}
            </Button>
          </>
        }
      />
      <Filters />
      <SavedFilters />
      <BulkOutcome />
      <List filter={filter} />
      {creating && <NewContact onClose={() => create(false)} />}
    </Page>
  );
}

function UploadButton({ variant }: { variant?: string }) {
  const t = useText();
  return (
    <ButtonLink to="/import" variant={variant} leftSection={<IconUpload size={16} aria-hidden />}>
      {t('upload')}
    </ButtonLink>
  );
}

function List({ filter }: { filter: Filter }) {
  const navigate = useNavigate();
  const filterKey = JSON.stringify(filter);
  const paging = usePaging(filterKey, '-created_at');
  const selection = useSelection(filterKey);
  const query = api.useQuery(
    'get',
    '/api/contacts',
    {
      params: { query: { ...forApi(filter), limit: paging.limit, cursor: paging.cursor, sort: paging.sort } },
    },
    { placeholderData: keepPreviousData },
  );
  return (
    <DataTable<Contact>
      columns={columns()}
      query={query}
      idOf={(row) => row.id}
      nameOf={(row) => row.name}
      paging={paging}
      selection={selection}
      bulk={<BulkBar selection={selection} filter={filter} total={query.data?.total ?? 0} />}
      onOpen={(row) => void navigate({ to: '/contacts/$id', params: { id: row.id } })}
      card={(row) => <Card contact={row} />}
      empty={<Nobody filtered={narrowedBy(filter) > 0} />}
    />
  );
}

function Card({ contact }: { contact: Contact }) {
  const shared = useShared();
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Name contact={contact} />
        <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
          {shared(`stage.${contact.stage}`)}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {[
          contact.phone && phone(contact.phone),
          contact.username && `@${contact.username}`,
          contact.profession,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Group gap="xs">
        <MayWrite contact={contact} />
        <TagList tags={contact.tags} />
      </Group>
    </Stack>
  );
}

function Nobody({ filtered }: { filtered: boolean }) {
  const t = useText();
  const { replace, create } = useFilter();
  if (filtered) {
    return (
      <NothingFits title={t('nobody.filtered')} onClear={() => replace({})}>
        {t('nobody.filtered_about')}
      </NothingFits>
    );
  }
  return (
    <Empty
      icon={IconUsers}
      title={t('nobody.title')}
      action={
        <Group justify="center" gap="xs">
          <UploadButton />
          <Button variant="default" onClick={() => create(true)}>
            {t('new')}
          </Button>
        </Group>
      }
    >
      {t('nobody.about')}
    </Empty>
  );
}
