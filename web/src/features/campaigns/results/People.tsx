import { Button, Group, Select, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api, type Schemas } from '@/shared/api/client';
import { moment } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { DataTable } from '@/shared/ui/DataTable';
import { TextLink } from '@/shared/ui/links';
import { usePaging } from '@/shared/ui/usePaging';
import { campaignRoute } from '../search';
import { CONTACT_STATES } from '../states';
import { useText } from '../texts';

type Person = Schemas['Page_CampaignContact']['items'][number];

/** The people of a campaign: how far it got with each, and why it did not get further. */
export function People({ id }: { id: number }) {
  const { state, reason, variant } = campaignRoute.useSearch();
  const filter = { state, reason, variant };
  const paging = usePaging(JSON.stringify(filter));
  const people = api.useQuery(
    'get',
    '/api/campaigns/{id}/contacts',
    { params: { path: { id }, query: { ...filter, limit: paging.limit, cursor: paging.cursor } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <>
      <Filters id={id} />
      <DataTable<Person>
        query={people}
        paging={paging}
        columns={useColumns()}
        idOf={(row) => row.contact_id}
        nameOf={(row) => row.contact_name ?? ''}
        card={(row) => <Card row={row} />}
      />
    </>
  );
}

function Filters({ id }: { id: number }) {
  const t = useText();
  const stats = api.useQuery('get', '/api/campaigns/{id}/stats', { params: { path: { id } } });
  const search = campaignRoute.useSearch();
  const navigate = campaignRoute.useNavigate();
  const rest = [
    search.reason ? stats.data?.reasons.find((one) => one.reason === search.reason)?.text : null,
    search.variant === undefined ? null : t('message.variant', { number: search.variant + 1 }),
  ].filter(Boolean);
  return (
    <Group mb="sm" gap="sm">
      <Select
        aria-label={t('people_table.state')}
        placeholder={t('people_table.any_state')}
        w={220}
        clearable
        clearButtonProps={{ 'aria-label': t('people_table.any_state') }}
        data={CONTACT_STATES.map((value) => ({ value, label: t(`contact_state.${value}`) }))}
        value={search.state ?? null}
        onChange={(value) =>
          void navigate({
            search: (before) => ({ ...before, state: CONTACT_STATES.find((one) => one === value) }),
          })
        }
      />
      {rest.length > 0 && (
        <Button
          variant="default"
          onClick={() =>
            void navigate({ search: (before) => ({ ...before, reason: undefined, variant: undefined }) })
          }
        >
          {t('people_table.only', { what: rest.join(', ') })}
        </Button>
      )}
    </Group>
  );
}

function useColumns(): DataTableColumn<Person>[] {
  const t = useText();
  const shared = useShared();
  const at = (iso: string | null | undefined) => (iso ? moment(iso) : '');
  return [
    { accessor: 'contact_name', title: t('people_table.name'), render: (row) => <Name row={row} /> },
    { accessor: 'state', title: t('people_table.state'), render: (row) => <State row={row} /> },
    {
      accessor: 'stage',
      title: t('people_table.stage'),
      noWrap: true,
      render: (row) => shared(`stage.${row.stage}`),
    },
    { accessor: 'sent_at', title: t('people_table.sent'), noWrap: true, render: (row) => at(row.sent_at) },
    { accessor: 'read_at', title: t('people_table.read'), noWrap: true, render: (row) => at(row.read_at) },
    {
      accessor: 'replied_at',
      title: t('people_table.replied'),
      noWrap: true,
      render: (row) => at(row.replied_at),
    },
  ];
}

function Name({ row }: { row: Person }) {
  const shared = useShared();
  return (
    <TextLink to="/inbox" search={{ contact: row.contact_id }} size="sm">
      {row.contact_name || shared('state.unknown_name')}
    </TextLink>
  );
}

function State({ row }: { row: Person }) {
  const t = useText();
  const why = row.reason_text ?? row.waiting_for?.text ?? row.error;
  return (
    <div>
      <Text size="sm">{t(`contact_state.${row.state}`)}</Text>
      {why && (
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'normal' }}>
          {why}
        </Text>
      )}
    </div>
  );
}

function Card({ row }: { row: Person }) {
  const shared = useShared();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <Name row={row} />
        <State row={row} />
      </div>
      <Text size="sm">{shared(`stage.${row.stage}`)}</Text>
    </Group>
  );
}
