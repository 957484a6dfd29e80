import { TextInput } from '@mantine/core';
import { api } from '@/shared/api/client';
import { FilterBar } from '@/shared/ui/FilterBar';
import { FilterSelect } from '@/shared/ui/FilterSelect';
import { AUDIT_KINDS } from '../search';
import { useText } from '../texts';
import { actorWords } from './entry';
import { useAuditFilter } from './useAuditFilter';

/** By whom, about what and when; `seen` are those who stand in the list. */
export function Filters({ seen }: { seen: readonly string[] }) {
  const t = useText();
  const { filter, narrowed, set, clear } = useAuditFilter();
  const tokens = api.useQuery('get', '/api/tokens');
  const keys = tokens.data?.items.map(({ name }) => `token:${name}`) ?? [];
  const actors = [...new Set([...(filter.actor ? [filter.actor] : []), ...seen, ...keys])];
  return (
    <FilterBar narrowed={narrowed} onClear={clear}>
      <FilterSelect
        label={t('audit.actor')}
        data={actors.map((value) => ({ value, label: actorWords(value) }))}
        value={filter.actor}
        onChange={(actor) => set({ actor })}
      />
      <FilterSelect
        label={t('audit.kind')}
        data={AUDIT_KINDS.map((value) => ({ value, label: t(`audit_kind.${value}`) }))}
        value={filter.kind}
        onChange={(kind) => set({ kind: AUDIT_KINDS.find((one) => one === kind) })}
      />
      {(['from_day', 'to_day'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`audit.${end}`)}
          value={filter[end] ?? ''}
          onChange={(event) => set({ [end]: event.currentTarget.value || undefined })}
        />
      ))}
    </FilterBar>
  );
}
