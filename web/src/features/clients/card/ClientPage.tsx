import { Alert, Box, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconCash, IconMessage, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type Schemas } from '@/shared/api/client';
import { useBusiness, useDirections } from '@/shared/crm/business';
import { shortDay, wallWords } from '@/shared/crm/clock';
import { PaymentForm } from '@/shared/crm/PaymentForm';
import { ClientState } from '@/shared/crm/Statuses';
import { useText as useCrm } from '@/shared/crm/texts';
import { phone } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useCameFrom } from '../back';
import { EditClient } from '../form/EditClient';
import { useText } from '../texts';
import { Bookings } from './Bookings';
import classes from './card.module.css';
import { DeleteClient } from './DeleteClient';
import { Payments } from './Payments';
import { Subscriptions } from './Subscriptions';

type ClientCard = Schemas['ClientCard'];

/** Everything about one client. */
export function ClientPage({ id }: { id: number }) {
  const client = api.useQuery('get', '/api/clients/{id}', { params: { path: { id } } });
  return (
    <Page>
      <Loaded query={client}>{(data) => <Card key={data.id} client={data} />}</Loaded>
    </Page>
  );
}

function Card({ client }: { client: ClientCard }) {
  const t = useText();
  const crm = useCrm();
  const shared = useShared();
  const [open, setOpen] = useState<'edit' | 'pay' | null>(null);
  const close = () => setOpen(null);
  useKeys([
    { press: 'e', label: t('edit'), run: () => setOpen('edit') },
    { press: 'p', label: crm('pay.title'), run: () => setOpen('pay') },
  ]);
  const named = { id: client.id, name: client.name };
  return (
    <>
      <PageHeader
        title={client.name || shared('state.unknown_name')}
        above={<BackToList />}
        actions={
          <>
            <Button leftSection={<IconCash size={16} aria-hidden />} onClick={() => setOpen('pay')}>
              {crm('pay.title')}
            </Button>
            <ButtonLink
              to="/inbox"
              search={{ contact: client.contact_id }}
              variant="default"
              leftSection={<IconMessage size={16} aria-hidden />}
            >
              {t('card.write')}
            </ButtonLink>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setOpen('edit')}
            >
              {t('edit')}
            </Button>
            <DeleteClient client={named} />
          </>
        }
      />
      {client.contraindications && (
        <Alert
          color="red"
          mb="md"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('form.contraindications')}
        >
          {client.contraindications}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <Panel title={t('card.profile')}>
              <Profile client={client} />
            </Panel>
            <Subscriptions client={named} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Bookings clientId={client.id} />
            <Payments clientId={client.id} onTake={() => setOpen('pay')} />
          </Stack>
        </Grid.Col>
      </Grid>
      {open === 'edit' && <EditClient client={client} onClose={close} />}
      {open === 'pay' && <PaymentForm client={named} onClose={close} />}
    </>
  );
}

/** Back to the list that the card was opened from, with its filters. */
function BackToList() {
  const t = useText();
  const { clients, subscriptions } = useCameFrom();
  const arrow = <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} />;
  return (
    <Box mb={4}>
      {subscriptions ? (
        <TextLink to="/clients/subscriptions" search={subscriptions} size="sm">
          {arrow} {t('subscriptions.title')}
        </TextLink>
      ) : (
        <TextLink to="/clients" search={clients ?? {}} size="sm">
          {arrow} {t('title')}
        </TextLink>
      )}
    </Box>
  );
}

function Profile({ client }: { client: ClientCard }) {
  const t = useText();
  const { zone } = useBusiness();
  const { nameOf } = useDirections();
  const rows = [
    [t('column.phone'), client.phone && phone(client.phone)],
    [t('form.username'), client.username && `@${client.username}`],
    [t('column.direction'), nameOf(client.direction)],
    [t('form.source'), client.source],
    [t('form.birth_date'), client.birth_date && shortDay(client.birth_date)],
    [t('form.contract_number'), client.contract_number],
    [t('form.subscription_number'), client.subscription_number],
    [t('column.visits'), String(client.visits)],
    [t('column.last_visit'), client.last_visit_on && shortDay(client.last_visit_on)],
    [t('card.next_booking'), client.next_booking_at && wallWords(client.next_booking_at, zone)],
    [t('card.paid'), client.paid.formatted],
    [t('form.notes'), client.notes],
  ].filter((row): row is [string, string] => Boolean(row[1]));
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <ClientState status={client.status} />
        {client.debt.minor > 0 && (
          <Text size="sm" fw={650} c="var(--mantine-color-error)" data-debt>
            {t('card.debt', { amount: client.debt.formatted })}
          </Text>
        )}
      </Group>
      <dl className={classes.facts}>
        {rows.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <TextLink to="/contacts/$id" params={{ id: client.contact_id }} size="sm">
        {t('card.contact')}
      </TextLink>
    </Stack>
  );
}
