import { TextInput } from '@mantine/core';
import { choices, useServices, useStaff } from '@/shared/crm/business';
import { ClientFilter } from '@/shared/crm/ClientFilter';
import { METHODS } from '@/shared/crm/methods';
import { useText as useCrm } from '@/shared/crm/texts';
import { FilterBar } from '@/shared/ui/FilterBar';
import { FilterSelect } from '@/shared/ui/FilterSelect';
import { usePhone } from '@/shared/ui/usePhone';
import { useSearchBox } from '@/shared/ui/useSearchBox';
import { KINDS, STATUSES, useFilter } from './search';
import { useText } from './texts';

/** Which payments are shown; all of it is in the address. */
export function Filters() {
  const t = useText();
  const crm = useCrm();
  const { filter, set, clear, narrowed } = useFilter();
  const [services, staff] = [useServices(), useStaff()];
  return (
    <FilterBar
      narrowed={narrowed}
      onClear={clear}
      search={<ClientFilter id={filter.client_id} onChange={(client_id) => set({ client_id })} />}
    >
      <TextInput
        type="date"
        label={t('filter.from_day')}
        value={filter.from_day ?? ''}
        onChange={(event) => set({ from_day: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('filter.to_day')}
        value={filter.to_day ?? ''}
        onChange={(event) => set({ to_day: event.currentTarget.value || undefined })}
      />
      <FilterSelect
        label={t('column.status')}
        data={STATUSES.map((value) => ({ value, label: crm(`payment.${value}`) }))}
        value={filter.status}
        onChange={(status) => set({ status: STATUSES.find((one) => one === status) })}
      />
      <FilterSelect
        label={t('filter.kind')}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => set({ kind: KINDS.find((one) => one === kind) })}
      />
      <FilterSelect
        label={t('column.method')}
        data={METHODS.map((value) => ({ value, label: crm(`method.${value}`) }))}
        value={filter.method}
        onChange={(method) => set({ method: METHODS.find((one) => one === method) })}
      />
      <FilterSelect
        label={t('filter.service')}
        data={choices(services.data?.items)}
        value={filter.service_id?.toString()}
        onChange={(id) => set({ service_id: id ? Number(id) : undefined })}
      />
      <FilterSelect
        label={t('filter.staff')}
        data={choices(staff.data?.items)}
        value={filter.staff_id?.toString()}
        onChange={(id) => set({ staff_id: id ? Number(id) : undefined })}
      />
      <Receipt />
    </FilterBar>
  );
}

function Receipt() {
  const t = useText();
  const phone = usePhone();
  const { filter, set } = useFilter();
  const { props } = useSearchBox(filter.number, (number) => set({ number }));
  return <TextInput w={phone ? '100%' : 140} label={t('filter.number')} maxLength={255} {...props} />;
}
