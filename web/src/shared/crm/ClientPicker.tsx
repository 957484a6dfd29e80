import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../api/client';
import { phone } from '../format';
import { useText } from './texts';

/** The search is asked when the person pauses. */
const PAUSE_MS = 200;
const SHOWN = 20;

/** A client who was chosen. */
export interface Picked {
  id: number;
  name: string;
}

interface Props {
  value: Picked | null;
  onChange: (client: Picked | null) => void;
  label?: string;
  description?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
  required?: boolean;
  autoFocus?: boolean;
  clearable?: boolean;
}

/** Finds a client by name, phone or a number. */
export function ClientPicker({ value, onChange, autoFocus, label, ...props }: Props) {
  const t = useText();
  const [typed, setTyped] = useState(value?.name ?? '');
  const wanted = typed === value?.name ? '' : typed.trim();
  const [search] = useDebouncedValue(wanted, PAUSE_MS);
  const found = api.useQuery(
    'get',
    '/api/clients',
    { params: { query: { ...(search && { search }), limit: SHOWN, sort: search ? 'name' : '-id' } } },
    { placeholderData: keepPreviousData },
  );
  const items = found.data?.items ?? [];
  const options = items.map((client) => ({
    value: String(client.id),
    label: client.name,
  }));
  if (value && !items.some((client) => client.id === value.id))
    options.unshift({ value: String(value.id), label: value.name });
  const phoneOf = (id: string) => items.find((client) => String(client.id) === id)?.phone;
  const choose = (id: string | null) => {
    const client = items.find((one) => String(one.id) === id);
    if (client) onChange({ id: client.id, name: client.name });
    else if (id === null) onChange(null);
  };
  return (
    <Select
      label={label ?? t('picker.label')}
      placeholder={t('picker.hint')}
      searchable
      // A window that opens with this input in focus shows itself first, not the list.
      openOnFocus={!autoFocus}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      data={options}
      value={value ? String(value.id) : null}
      onChange={choose}
      renderOption={({ option }) => {
        const number = phoneOf(option.value);
        return (
          <div>
            {option.label}
            {number && (
              <Text size="xs" c="dimmed">
                {phone(number)}
              </Text>
            )}
          </div>
        );
      }}
      nothingFoundMessage={t('picker.nobody')}
      clearButtonProps={{ 'aria-label': t('picker.clear') }}
      data-autofocus={autoFocus || undefined}
      {...props}
    />
  );
}
