import { Autocomplete, Button, Collapse, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/client';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { usePhone } from '@/shared/ui/usePhone';
import {
  CONSENTS,
  type Filter,
  narrowedBy,
  QUIET_DAYS,
  SOURCES,
  STAGES,
  STATUSES,
  useFilter,
} from '../search';
import { useText } from '../texts';

/** The search is asked when the person pauses. */
const PAUSE_MS = 250;
const SELECT_WIDTH = 176;
const MAX_GROUPS = 500;
const MAX_TAGS_SHOWN = 20;

/** Search and filters of the list; all of them are in the address. */
export function Filters() {
  const shared = useShared();
  const t = useText();
  const phone = usePhone();
  const { filter, replace } = useFilter();
  const folded = phone ? filter : rareOf(filter);
  const [open, setOpen] = useState(!phone && narrowedBy(folded) > 0);
  const narrowed = narrowedBy(filter);
  const inside = narrowedBy(folded);
  return (
    <>
      <Group gap="xs" mb="xs" align="flex-end">
        <Search />
        {!phone && <Often width={SELECT_WIDTH} />}
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {inside > 0 ? t('filter.button_on', { count: inside }) : t(phone ? 'filter.button' : 'filter.more')}
        </Button>
        {narrowed > 0 && (
          <Button variant="subtle" color="gray" onClick={() => replace({})}>
            {shared('action.clear')}
          </Button>
        )}
      </Group>
      <Collapse expanded={open} mb={open ? 'sm' : 0}>
        <Group gap="xs" align="flex-end">
          {phone && <Often width="100%" />}
          <Rarely width={phone ? '100%' : SELECT_WIDTH} />
        </Group>
      </Collapse>
    </>
  );
}

/** The filters that a wide screen folds away. */
function rareOf({ source, status, opted_out, group_id, quiet_days }: Filter): Filter {
  return { source, status, opted_out, group_id, quiet_days };
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

interface ChoiceProps {
  name: keyof Filter;
  width: number | string;
  data: { value: string; label: string }[];
}

function Choice({ name, width, data }: ChoiceProps) {
  const t = useText();
  const { filter, set } = useFilter();
  return (
    <Select
      w={width}
      label={t(`filter.${name}`)}
      placeholder={t('filter.any')}
      data={data}
      value={filter[name]?.toString() ?? null}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { name: t(`filter.${name}`) }) }}
      onChange={(value) => set({ [name]: fromText(name, value) })}
    />
  );
}

function Often({ width }: { width: number | string }) {
  const shared = useShared();
  return (
    <>
      <Choice
        name="stage"
        width={width}
        data={STAGES.map((value) => ({ value, label: shared(`stage.${value}`) }))}
      />
      <Choice
        name="consent"
        width={width}
        data={CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) }))}
      />
      <Tag width={width} />
    </>
  );
}

function Rarely({ width }: { width: number | string }) {
  const t = useText();
  const shared = useShared();
  const groups = api.useQuery('get', '/api/groups', { params: { query: { limit: MAX_GROUPS } } });
  return (
    <>
      <Choice
        name="source"
        width={width}
        data={SOURCES.map((value) => ({ value, label: shared(`source.${value}`) }))}
      />
      <Choice
        name="status"
        width={width}
        data={STATUSES.map((value) => ({ value, label: shared(`contact_status.${value}`) }))}
      />
      <Choice
        name="opted_out"
        width={width}
        data={[
          { value: 'false', label: t('filter.may_write') },
          { value: 'true', label: t('filter.said_stop') },
        ]}
      />
      <Choice
        name="quiet_days"
        width={width}
        data={QUIET_DAYS.map((value) => ({ value, label: t(`quiet.${value}`) }))}
      />
      {(groups.data?.total ?? 0) > 0 && (
        <Choice
          name="group_id"
          width={width}
          data={(groups.data?.items ?? []).map((group) => ({ value: String(group.id), label: group.title }))}
        />
      )}
    </>
  );
}

function fromText(name: keyof Filter, value: string | null) {
  if (value === null) return undefined;
  if (name === 'opted_out') return value === 'true';
  return name === 'group_id' || name === 'quiet_days' ? Number(value) : value;
}

function Tag({ width }: { width: number | string }) {
  const t = useText();
  const { filter, set } = useFilter();
  const tags = api.useQuery('get', '/api/contacts/tags');
  const [text, setText] = useState(filter.tag ?? '');
  const apply = useDebouncedCallback((value: string) => set({ tag: value.trim() || undefined }), PAUSE_MS);
  useEffect(() => setText(filter.tag ?? ''), [filter.tag]);
  return (
    <Autocomplete
      w={width}
      label={t('filter.tag')}
      placeholder={t('filter.any')}
      data={(tags.data?.items ?? []).map((one) => one.tag)}
      limit={MAX_TAGS_SHOWN}
      value={text}
      maxLength={64}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { name: t('filter.tag') }) }}
      onChange={(value) => {
        setText(value);
        apply(value);
      }}
    />
  );
}
