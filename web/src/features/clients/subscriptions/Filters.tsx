import { TextInput } from '@mantine/core';
import { choices, useServices } from '@/shared/crm/business';
import { ClientFilter } from '@/shared/crm/ClientFilter';
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
    <FilterBar
      narrowed={narrowed}
      onClear={clear}
      search={<ClientFilter id={search.client_id} onChange={(client_id) => set({ client_id })} />}
    >
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
