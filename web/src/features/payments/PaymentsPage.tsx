import { Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCash, IconPlus } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { DataTableColumn } from 'mantine-datatable';
import { api } from '@/shared/api/client';
import type { Payment } from '@/shared/crm/business';
import { FileMenu } from '@/shared/crm/FileMenu';
import { PaymentActions } from '@/shared/crm/PaymentActions';
import { Amount, ForWhat, PaidAt, Payer, Standing } from '@/shared/crm/PaymentCells';
import { PaymentForm } from '@/shared/crm/PaymentForm';
import { text as crm, useText as useCrm } from '@/shared/crm/texts';
import { DataTable } from '@/shared/ui/DataTable';
import { useKeys } from '@/shared/ui/keys';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, NothingFits } from '@/shared/ui/states';
import { usePaging } from '@/shared/ui/usePaging';
import { Days } from './Days';
import { Filters } from './Filters';
import { Sums } from './Sums';
import { useFilter } from './search';
import { text, useText } from './texts';

/** Money that came in and went back. */
export function PaymentsPage() {
  const t = useText();
  const crm = useCrm();
  const { filter, taking, take } = useFilter();
  useKeys([{ press: 'n', label: crm('pay.title'), run: () => take(true) }]);
  return (
    <Page wide>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <FileMenu table="payments" filter={filter} />
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => take(true)}>
              {crm('pay.title')}
            </Button>
          </>
        }
      />
      <Days />
      <Filters />
      <Sums />
      <List />
      {taking && <PaymentForm client={null} onClose={() => take(false)} />}
    </Page>
  );
}

function List() {
  const { filter, narrowed } = useFilter();
  const paging = usePaging(JSON.stringify(filter), '-paid_at');
  const query = api.useQuery(
    'get',
    '/api/payments',
    { params: { query: { ...filter, limit: paging.limit, cursor: paging.cursor, sort: paging.sort } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <DataTable<Payment>
      columns={columns()}
      query={query}
      idOf={(row) => row.id}
      nameOf={(row) => row.amount.formatted}
      paging={paging}
      card={(row) => <Card payment={row} />}
      empty={<Nothing filtered={narrowed > 0} />}
    />
  );
}

function columns(): DataTableColumn<Payment>[] {
  return [
    {
      accessor: 'paid_at',
      title: text('column.paid_at'),
      sortable: true,
      render: (row) => <PaidAt payment={row} />,
    },
    { accessor: 'client', title: text('column.client'), render: (row) => <Payer payment={row} /> },
    { accessor: 'service', title: text('column.purpose'), render: (row) => <ForWhat payment={row} /> },
    { accessor: 'method', title: text('column.method'), render: (row) => crm(`method.${row.method}`) },
    { accessor: 'status', title: text('column.status'), render: (row) => <Standing payment={row} /> },
    {
      accessor: 'amount',
      title: text('column.amount'),
      sortable: true,
      textAlign: 'right',
      render: (row) => <Amount payment={row} />,
    },
    {
      accessor: 'actions',
      title: <VisuallyHidden>{text('column.actions')}</VisuallyHidden>,
      width: 60,
      render: (row) => <PaymentActions payment={row} />,
    },
  ];
}

function Card({ payment }: { payment: Payment }) {
  const t = useCrm();
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Payer payment={payment} />
        <Amount payment={payment} />
      </Group>
      <ForWhat payment={payment} />
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <PaidAt payment={payment} />
          <Text size="sm">{t(`method.${payment.method}`)}</Text>
          <Standing payment={payment} />
        </Group>
        <PaymentActions payment={payment} />
      </Group>
    </Stack>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const t = useText();
  const crm = useCrm();
  const { clear, take } = useFilter();
  if (filtered) return <NothingFits title={t('nothing.filtered')} onClear={clear} />;
  return (
    <Empty
      icon={IconCash}
      title={t('nothing.title')}
      action={<Button onClick={() => take(true)}>{crm('pay.title')}</Button>}
    >
      {t('nothing.about')}
    </Empty>
  );
}
