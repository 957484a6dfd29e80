import { Button, Collapse, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/client';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { usePhone } from '@/shared/ui/usePhone';
import { CONSENTS, type Filter, narrowedBy, SOURCES, STATUSES, useFilter } from '../search';
import { useText } from '../texts';

/** The search is asked when the person pauses. */
const PAUSE_MS = 250;
const SELECT_WIDTH = 176;
const MAX_GROUPS = 500;

/** Search and filters of the list; all of them are in the address. */
export function Filters() {
  const shared = useShared();
  const t = useText();
  const phone = usePhone();
  const { filter, replace } = useFilter();
  const [open, setOpen] = useState(false);
  const narrowed = narrowedBy(filter);
  return (
    <>
      <Group gap="xs" mb="xs" align="flex-end">
        <Search />
        {phone ? (
          <Button
            variant="default"
            leftSection={<IconFilter size={16} aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {narrowed > 0 ? t('filter.button_on', { count: narrowed }) : t('filter.button')}
          </Button>
        ) : (
          <Selects width={SELECT_WIDTH} />
        )}
        {narrowed > 0 && (
          <Button variant="subtle" color="gray" onClick={() => replace({})}>
            {shared('action.clear')}
          </Button>
        )}
      </Group>
      {phone && (
        <Collapse expanded={open} mb="sm">
          <Group gap="xs">
            <Selects width="100%" />
          </Group>
        </Collapse>
      )}
    </>
  );
}

function Search() {
  const t = useText();
  const { filter, set } = useFilter();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter.search ?? '');
  const apply = useDebouncedCallback((value: string) => set({ search: value.trim() || undefined }), PAUSE_MS);
  useKeys([{ press: '/', label: t('keys.search'), run: () => input.current?.focus() }]);
  // A saved filter or "clear" sets the search from outside.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(filter.search ?? '');
  }, [filter.search]);
  return (
    <TextInput
      ref={input}
      type="search"
      flex={1}
      miw={220}
      label={t('filter.search')}
      placeholder={t('filter.search_hint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={200}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
    />
  );
}

function Selects({ width }: { width: number | string }) {
  const t = useText();
  const shared = useShared();
  const { filter, set } = useFilter();
  const groups = api.useQuery('get', '/api/groups', { params: { query: { limit: MAX_GROUPS } } });
  const choose = (
    name: keyof Filter,
    values: { value: string; label: string }[],
    kept: string | undefined,
  ) => (
    <Select
      key={name}
      w={width}
      label={t(`filter.${name}`)}
      placeholder={t('filter.any')}
      data={values}
      value={kept ?? null}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { name: t(`filter.${name}`) }) }}
      onChange={(value) => set({ [name]: fromText(name, value) })}
    />
  );
  return (
    <>
      {choose(
        'consent',
        CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) })),
        filter.consent,
      )}
      {choose(
        'source',
        SOURCES.map((value) => ({ value, label: shared(`source.${value}`) })),
        filter.source,
      )}
      {choose(
        'status',
        STATUSES.map((value) => ({ value, label: shared(`contact_status.${value}`) })),
        filter.status,
      )}
      {choose(
        'opted_out',
        [
          { value: 'false', label: t('filter.may_write') },
          { value: 'true', label: t('filter.said_stop') },
        ],
        filter.opted_out?.toString(),
      )}
      {(groups.data?.total ?? 0) > 0 &&
        choose(
          'group_id',
          (groups.data?.items ?? []).map((group) => ({ value: String(group.id), label: group.title })),
          filter.group_id?.toString(),
        )}
      <Tag width={width} />
    </>
  );
}

function fromText(name: keyof Filter, value: string | null) {
  if (value === null) return undefined;
  if (name === 'opted_out') return value === 'true';
  return name === 'group_id' ? Number(value) : value;
}

function Tag({ width }: { width: number | string }) {
  const t = useText();
  const { filter, set } = useFilter();
  const [text, setText] = useState(filter.tag ?? '');
  const apply = useDebouncedCallback((value: string) => set({ tag: value.trim() || undefined }), PAUSE_MS);
  useEffect(() => setText(filter.tag ?? ''), [filter.tag]);
  return (
    <TextInput
      w={width}
      label={t('filter.tag')}
      placeholder={t('filter.any')}
      value={text}
      maxLength={64}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
    />
  );
}
