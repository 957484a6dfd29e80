import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useBusiness, useDirections } from '@/shared/crm/business';
import { plusDays } from '@/shared/crm/clock';
import { useText as useCrm } from '@/shared/crm/texts';
import { FilterBar } from '@/shared/ui/FilterBar';
import { FilterSelect } from '@/shared/ui/FilterSelect';
import { useKeys } from '@/shared/ui/keys';
import { usePhone } from '@/shared/ui/usePhone';
import { useSearchBox } from '@/shared/ui/useSearchBox';
import { INACTIVE_DAYS, STATUSES, useFilter } from '../search';
import { useText } from '../texts';

/** The days ahead whose birthdays are asked for. */
const BIRTHDAY_DAYS = { today: 0, week: 6, month: 30 } as const;
type Birthday = keyof typeof BIRTHDAY_DAYS;

/** Search and filters of the clients; all of them are in the address. */
export function Filters() {
  const t = useText();
  const crm = useCrm();
  const { filter, set, clear, narrowed } = useFilter();
  const { items: directions } = useDirections();
  return (
    <FilterBar narrowed={narrowed} onClear={clear} search={<Search />}>
      <FilterSelect
        label={t('column.status')}
        data={STATUSES.map((value) => ({ value, label: crm(`client.${value}`) }))}
        value={filter.status}
        onChange={(status) => set({ status: STATUSES.find((one) => one === status) })}
      />
      <FilterSelect
        label={t('column.direction')}
        data={directions.map(({ code, name }) => ({ value: code, label: name }))}
        value={filter.direction}
        onChange={(direction) => set({ direction })}
      />
      <FilterSelect
        label={t('filter.inactive')}
        data={INACTIVE_DAYS.map((days) => ({
          value: String(days),
          label: t('filter.inactive_days', { count: days }),
        }))}
        value={filter.inactive_days?.toString()}
        onChange={(days) => set({ inactive_days: days ? Number(days) : undefined })}
      />
      <Birthdays />
      <FilterSelect
        label={t('filter.debt')}
        data={[{ value: 'true', label: t('filter.debtors') }]}
        value={filter.debtors ? 'true' : undefined}
        onChange={(value) => set({ debtors: value ? true : undefined })}
      />
      <FilterSelect
        label={t('filter.opted_out')}
        data={[
          { value: 'false', label: t('filter.may_write') },
          { value: 'true', label: t('filter.said_stop') },
        ]}
        value={filter.opted_out?.toString()}
        onChange={(value) => set({ opted_out: value ? value === 'true' : undefined })}
      />
      <Word name="source" />
      <Word name="tag" />
    </FilterBar>
  );
}

function Search() {
  const t = useText();
  const { filter, set } = useFilter();
  const { input, props } = useSearchBox(filter.search, (search) => set({ search }));
  useKeys([{ press: '/', label: t('filter.search'), run: () => input.current?.focus() }]);
  return (
    <TextInput
      type="search"
      flex={1}
      miw={220}
      maxLength={200}
      label={t('filter.search')}
      placeholder={t('filter.search_hint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      {...props}
    />
  );
}

function Word({ name }: { name: 'source' | 'tag' }) {
  const t = useText();
  const phone = usePhone();
  const { filter, set } = useFilter();
  const { props } = useSearchBox(filter[name], (value) => set({ [name]: value }));
  return <TextInput w={phone ? '100%' : 140} label={t(`filter.${name}`)} maxLength={64} {...props} />;
}

function Birthdays() {
  const t = useText();
  const { today } = useBusiness();
  const { filter, set } = useFilter();
  const kinds = Object.keys(BIRTHDAY_DAYS) as Birthday[];
  const lastOf = (kind: Birthday) => plusDays(today, BIRTHDAY_DAYS[kind]);
  const chosen =
    filter.birthday_from === today ? kinds.find((kind) => lastOf(kind) === filter.birthday_to) : undefined;
  return (
    <FilterSelect
      label={t('filter.birthday')}
      data={kinds.map((value) => ({ value, label: t(`birthday.${value}`) }))}
      value={chosen}
      onChange={(value) => {
        const kind = kinds.find((one) => one === value);
        set({ birthday_from: kind && today, birthday_to: kind && lastOf(kind) });
      }}
    />
  );
}
