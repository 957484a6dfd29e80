import { Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { type Subscription, useBusiness } from '@/shared/crm/business';
import { FileMenu } from '@/shared/crm/FileMenu';
import { DataTable } from '@/shared/ui/DataTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, NothingFits } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { Lists } from '../list/Lists';
import { useText } from '../texts';
import { nameOf } from './cells';
import { Filters } from './Filters';
import { orderOf, queryOf } from './query';
import { Card, columns } from './rows';
import { useSubscriptionsFilter } from './search';

/** The subscriptions of all clients. */
export function SubscriptionsPage() {
  const t = useText();
  const { today } = useBusiness();
  const { search } = useSubscriptionsFilter();
  return (
    <Page wide>
      <PageHeader
        title={t('subscriptions.title')}
        about={t('subscriptions.about')}
        actions={<FileMenu table="subscriptions" filter={queryOf(search, today)} />}
      />
      <Lists current="subscriptions" />
      <Filters />
      <List key={orderOf(search.show)} />
    </Page>
  );
}

function List() {
  const { today } = useBusiness();
  const { search, narrowed } = useSubscriptionsFilter();
  const paging = usePaging(JSON.stringify(search), orderOf(search.show));
  const query = api.useQuery(
    'get',
    '/api/subscriptions',
    {
      params: {
        query: {
          ...queryOf(search, today),
          limit: paging.limit,
          cursor: paging.cursor,
          sort: paging.sort,
        },
      },
    },
    { placeholderData: keepPreviousData },
  );
  return (
    <DataTable<Subscription>
      columns={columns(search)}
      query={query}
      idOf={(row) => row.id}
      nameOf={nameOf}
      paging={paging}
      card={(row) => <Card subscription={row} list={search} />}
      empty={<None filtered={narrowed > 0} />}
    />
  );
}

function None({ filtered }: { filtered: boolean }) {
  const t = useText();
  const { clear } = useSubscriptionsFilter();
  if (filtered) return <NothingFits title={t('subscriptions.filtered')} onClear={clear} />;
  return (
    <Empty
      icon={IconTicket}
      title={t('subscriptions.none')}
      action={<ButtonLink to="/clients">{t('subscriptions.to_clients')}</ButtonLink>}
    >
      <Text span inherit>
        {t('subscriptions.none_about')}
      </Text>
    </Empty>
  );
}
