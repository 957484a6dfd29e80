import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { useProducts } from '@/shared/api/products';
import { useText as useShared } from '@/shared/i18n';
import { usePhone } from '@/shared/ui/usePhone';
import { DEFAULT_PRESET, PRESETS, type Preset } from './period';
import { type Scope, useAnalytics } from './search';
import { useText } from './texts';

const CUSTOM = 'custom';
const TYPING_MS = 250;
const FOUND = 50;
const WIDTH = 220;

/** Which days, of which campaign or product; all of it is in the address. */
export function Filters({ scope, today }: { scope: Scope; today: string }) {
  const t = useText();
  const shared = useShared();
  const phone = usePhone();
  const { days, from, to, campaign, product, show } = useAnalytics();
  const custom = from !== undefined || to !== undefined;
  const choose = (value: string) =>
    value === CUSTOM
      ? show({ days: undefined, from: scope.from, to: scope.to })
      : show({ days: Number(value) as Preset, from: undefined, to: undefined });
  const width = phone ? '100%' : WIDTH;
  return (
    <Group gap="xs" mb="md" align="flex-end">
      <SegmentedControl
        fullWidth={phone}
        w={phone ? '100%' : undefined}
        size={phone ? 'xs' : 'sm'}
        aria-label={t('filter.period')}
        value={custom ? CUSTOM : String(days ?? DEFAULT_PRESET)}
        onChange={choose}
        data={[
          ...PRESETS.map((value) => ({ value: String(value), label: t(`period.${value}`) })),
          { value: CUSTOM, label: t('period.custom') },
        ]}
      />
      {custom && (
        <>
          <Day
            label={t('filter.from')}
            value={scope.from}
            most={scope.to}
            onChange={(day) => show({ from: day })}
          />
          <Day label={t('filter.to')} value={scope.to} most={today} onChange={(day) => show({ to: day })} />
        </>
      )}
      <Campaigns width={width} />
      <Products width={width} />
      {(campaign !== undefined || product !== undefined) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => show({ campaign: undefined, product: undefined })}
        >
          {shared('action.clear')}
        </Button>
      )}
    </Group>
  );
}

interface DayProps {
  label: string;
  value: string;
  most: string;
  onChange: (day: string) => void;
}

function Day({ label, value, most, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={value}
      max={most}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
    />
  );
}

/** Campaigns are found by name: there may be thousands. */
function Campaigns({ width }: { width: number | string }) {
  const t = useText();
  const { campaign, show } = useAnalytics();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const chosen = api.useQuery(
    'get',
    '/api/campaigns/{id}',
    { params: { path: { id: campaign ?? 0 } } },
    { enabled: campaign !== undefined },
  );
  const name = chosen.data?.name;
  const found = api.useQuery(
    'get',
    '/api/campaigns',
    // What stands in the input because it was chosen is no search.
    { params: { query: { limit: FOUND, sort: '-id', ...(search && search !== name && { search }) } } },
    { placeholderData: keepPreviousData },
  );
  const options = (found.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }));
  if (campaign !== undefined && name && !options.some((one) => one.value === String(campaign)))
    options.unshift({ value: String(campaign), label: name });
  return (
    <Select
      w={width}
      aria-label={t('filter.campaign')}
      placeholder={t('filter.all_campaigns')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.all_campaigns') }}
      data={options}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('filter.not_found')}
      value={campaign === undefined ? null : String(campaign)}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(value) => show({ campaign: value ? Number(value) : undefined })}
    />
  );
}

function Products({ width }: { width: number | string }) {
  const t = useText();
  const { product, show } = useAnalytics();
  const products = useProducts();
  return (
    <Select
      w={width}
      aria-label={t('filter.product')}
      placeholder={t('filter.all_products')}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.all_products') }}
      data={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))}
      value={product === undefined ? null : String(product)}
      onChange={(value) => show({ product: value ? Number(value) : undefined })}
    />
  );
}
