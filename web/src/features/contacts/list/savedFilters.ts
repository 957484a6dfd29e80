import { useLocalStorage } from '@mantine/hooks';
import * as v from 'valibot';
import { contactsSearch, type Filter } from '../search';

const KEY = 'alfa.contacts.filters';
/** More would not be found again. */
const MAX_SAVED = 20;

const saved = v.array(v.object({ name: v.string(), filter: v.omit(contactsSearch, ['create']) }));

export interface SavedFilter {
  name: string;
  filter: Filter;
}

function read(value: string | undefined): SavedFilter[] {
  try {
    const parsed = v.safeParse(saved, JSON.parse(value ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

/** Filters that the person named, kept in this browser; the newest first. */
export function useSavedFilters() {
  const [filters, setFilters] = useLocalStorage<SavedFilter[]>({
    key: KEY,
    defaultValue: [],
    deserialize: read,
    getInitialValueInEffect: false,
  });
  return {
    filters,
    save: (name: string, filter: Filter) =>
      setFilters((before) =>
        [{ name, filter }, ...before.filter((one) => one.name !== name)].slice(0, MAX_SAVED),
      ),
    remove: (name: string) => setFilters((before) => before.filter((one) => one.name !== name)),
    restore: (before: SavedFilter[]) => setFilters(before),
  };
}
