import { Box, Button, Grid, Menu, Stack } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowMerge,
  IconChevronDown,
  IconDownload,
  IconMessage,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { type Contact, Facts } from '@/shared/contact/Facts';
import { Notes } from '@/shared/contact/Notes';
import { Stage } from '@/shared/contact/Stage';
import { StageHistory } from '@/shared/contact/StageHistory';
import { Tags } from '@/shared/contact/Tags';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { EditContact } from '../form/EditContact';
import { useText } from '../texts';
import { Campaigns } from './Campaigns';
import { ConsentPanel } from './ConsentPanel';
import { DeleteContact } from './DeleteContact';
import { MergeDialog } from './merge/MergeDialog';
import { RecentMessages } from './RecentMessages';

/** Everything that is known of one person. */
export function ContactPage({ id }: { id: number }) {
  const contact = api.useQuery('get', '/api/contacts/{id}', { params: { path: { id } } });
  return (
    <Page>
      <Loaded query={contact}>{(data) => <Card key={data.id} contact={data} />}</Loaded>
    </Page>
  );
}

function Card({ contact }: { contact: Contact }) {
  const t = useText();
  const shared = useShared();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'edit' | 'merge' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const write = () => void navigate({ to: '/inbox', search: { contact: contact.id } });
  useKeys([
    { press: 'e', label: t('edit'), run: () => setOpen('edit') },
    { press: 'w', label: t('write'), run: write },
  ]);
  return (
    <>
      <PageHeader
        title={contact.name || shared('state.unknown_name')}
        about={contact.profession ?? undefined}
        above={<BackToList />}
        actions={
          <>
            <Button leftSection={<IconMessage size={16} aria-hidden />} onClick={write}>
              {t('write')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setOpen('edit')}
            >
              {t('edit')}
            </Button>
            <More contact={contact} onMerge={() => setOpen('merge')} onDelete={() => setOpen('delete')} />
          </>
        }
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Panel title={t('card.profile')}>
              <Stack gap="md">
                <Facts contact={contact} />
                <Tags contact={contact} />
                <Notes contact={contact} />
              </Stack>
            </Panel>
            <RecentMessages contactId={contact.id} />
            <Campaigns contactId={contact.id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <ConsentPanel contact={contact} />
            <Panel title={t('card.funnel')}>
              <Stack gap="md">
                <Stage contact={contact} />
                <StageHistory contactId={contact.id} />
              </Stack>
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
      {open === 'merge' && <MergeDialog contact={contact} onClose={close} />}
      {open === 'edit' && <EditContact contact={contact} onClose={close} />}
      <DeleteContact contact={contact} opened={open === 'delete'} onClose={close} />
    </>
  );
}

function BackToList() {
  const t = useText();
  return (
    <Box mb={4}>
      <TextLink to="/contacts" size="sm">
        <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('card.back')}
      </TextLink>
    </Box>
  );
}

interface MoreProps {
  contact: Contact;
  onMerge: () => void;
  onDelete: () => void;
}

function More({ contact, onMerge, onDelete }: MoreProps) {
  const t = useText();
  const shared = useShared();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {shared('action.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={`/api/contacts/${contact.id}/export`}
          download={`contact-${contact.id}.json`}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('card.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowMerge size={16} aria-hidden />} onClick={onMerge}>
          {t('merge.menu')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} c="red.8" onClick={onDelete}>
          {t('card.erase')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
