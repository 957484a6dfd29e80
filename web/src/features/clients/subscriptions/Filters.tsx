import { TextInput } from '@mantine/core';
import { api } from '@/shared/api/client';
import { choices, useServices } from '@/shared/crm/business';
import { ClientPicker } from '@/shared/crm/ClientPicker';
import { FilterBar } from '@/shared/ui/FilterBar';
import { FilterSelect } from '@/shared/ui/FilterSelect';
import { usePhone } from '@/shared/ui/usePhone';
import { useSearchBox } from '@/shared/ui/useSearchBox';
import { useText } from '../texts';
import { SHOWN, useSubscriptionsFilter } from './search';

/** Which subscriptions are shown; all of it is in the address. */
export function Filters() {
  const t = useText();
  const { search, set, clear, narrowed } = useSubscriptionsFilter();
  const services = useServices();
  const sold = services.data?.items.filter((service) => service.period_days != null);
  return (
    <FilterBar narrowed={narrowed} onClear={clear} search={<OfClient />}>
      <FilterSelect
        label={t('subscriptions.show')}
        data={SHOWN.map((value) => ({
          value,
          label: t(`subscriptions_shown.${value}`),
        }))}
        value={search.show}
        onChange={(show) => set({ show: SHOWN.find((one) => one === show) })}
      />
      <FilterSelect
        label={t('subscriptions.which')}
        data={choices(sold)}
        value={search.service_id?.toString()}
        onChange={(id) => set({ service_id: id ? Number(id) : undefined })}
      />
      <NumberOf />
    </FilterBar>
  );
}

function NumberOf() {
  const t = useText();
  const phone = usePhone();
  const { search, set } = useSubscriptionsFilter();
  const { props } = useSearchBox(search.number, (number) => set({ number }));
  return (
    <TextInput w={phone ? '100%' : 140} label={t('subscriptions.number_label')} maxLength={255} {...props} />
  );
}

function OfClient() {
  const { search, set } = useSubscriptionsFilter();
  const id = search.client_id;
  const client = api.useQuery(
    'get',
    '/api/clients/{id}',
    { params: { path: { id: id ?? 0 } } },
    { enabled: id !== undefined },
  );
  const known = id !== undefined && client.data ? { id, name: client.data.name } : null;
  return (
    <ClientPicker
      key={known?.id ?? 'any'}
      value={known}
      onChange={(next) => set({ client_id: next?.id })}
      clearable
    />
  );
}
