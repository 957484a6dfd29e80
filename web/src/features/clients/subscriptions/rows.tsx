import { Box, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { DataTableColumn } from 'mantine-datatable';
import type { Subscription } from '@/shared/crm/business';
import { text } from '../texts';
import { nameOf, SoldFor, State, Until, Visits, Whose } from './cells';
import { SubscriptionActions } from './SubscriptionActions';
import type { SubscriptionsSearch } from './search';

/** The list as a table. */
export function columns(list: SubscriptionsSearch): DataTableColumn<Subscription>[] {
  return [
    {
      accessor: 'client',
      title: text('subscriptions.whose'),
      width: 190,
      render: (row) => <Whose subscription={row} list={list} />,
    },
    {
      accessor: 'service',
      title: text('subscriptions.which'),
      render: (row) => <Which subscription={row} />,
    },
    { accessor: 'standing', title: text('column.status'), render: (row) => <State subscription={row} /> },
    { accessor: 'visits_left', title: text('column.visits'), render: (row) => <Visits subscription={row} /> },
    {
      accessor: 'ends_on',
      title: text('subscriptions.until'),
      sortable: true,
      render: (row) => <Until subscription={row} />,
    },
    {
      accessor: 'price',
      title: text('subscriptions.sold_for'),
      textAlign: 'right',
      render: (row) => <SoldFor subscription={row} />,
    },
    {
      accessor: 'actions',
      title: <VisuallyHidden>{text('subscriptions.actions')}</VisuallyHidden>,
      width: 60,
      render: (row) => <SubscriptionActions subscription={row} name={labelOf(row)} />,
    },
  ];
}

/** What tells one row from the others: what was sold to whom. */
function labelOf(subscription: Subscription): string {
  return [nameOf(subscription), subscription.client?.name].filter(Boolean).join(', ');
}

function Which({ subscription }: { subscription: Subscription }) {
  return (
    <>
      <Text size="sm">{nameOf(subscription)}</Text>
      {subscription.number && (
        <Text size="xs" c="dimmed">
          {text('subscriptions.number', { number: subscription.number })}
        </Text>
      )}
    </>
  );
}

/** The same row on a phone. */
export function Card({ subscription, list }: { subscription: Subscription; list: SubscriptionsSearch }) {
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Box style={{ minWidth: 0 }}>
          <Whose subscription={subscription} list={list} />
          <Which subscription={subscription} />
        </Box>
        <SubscriptionActions subscription={subscription} name={labelOf(subscription)} />
      </Group>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} align="flex-start">
          <State subscription={subscription} />
          <Visits subscription={subscription} />
        </Stack>
        <Group gap="md" wrap="nowrap" align="flex-start" ta="right">
          <Until subscription={subscription} />
          <SoldFor subscription={subscription} />
        </Group>
      </Group>
    </Stack>
  );
}
