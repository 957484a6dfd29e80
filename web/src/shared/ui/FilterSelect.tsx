import { Select } from '@mantine/core';
import { useText } from '../i18n';
import { usePhone } from './usePhone';

const WIDTH_PX = 176;

interface Props {
  label: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One filter of a list: a value, or any. */
export function FilterSelect({ label, data, value, onChange }: Props) {
  const t = useText();
  const phone = usePhone();
  return (
    <Select
      w={phone ? '100%' : WIDTH_PX}
      label={label}
      placeholder={t('filters.any')}
      data={data}
      searchable={data.length > 8}
      value={value ?? null}
      clearable
      clearButtonProps={{ 'aria-label': t('filters.clear', { name: label }) }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
