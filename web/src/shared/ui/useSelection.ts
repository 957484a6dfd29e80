import { useState } from 'react';

/** Rows chosen in a table: some of them by id, or all that the filter finds (then the filter is sent, not the ids). */
export interface Selection {
  ids: number[];
  all: boolean;
  size: number;
  has: (id: number) => boolean;
  setOnPage: (page: number[], chosen: number[]) => void;
  selectAll: () => void;
  clear: () => void;
}

/** Keeps a selection over the pages of a table. `filterKey` names the filters: another filter is another selection. */
export function useSelection(filterKey: string): Selection {
  const empty = { filterKey, ids: new Set<number>(), all: false };
  const [kept, setKept] = useState(empty);
  const { ids, all } = kept.filterKey === filterKey ? kept : empty;
  return {
    ids: [...ids],
    all,
    size: ids.size,
    has: (id) => all || ids.has(id),
    setOnPage: (page, chosen) => {
      const next = new Set(ids);
      for (const id of page) next.delete(id);
      for (const id of chosen) next.add(id);
      setKept({ filterKey, ids: next, all: false });
    },
    selectAll: () => setKept({ filterKey, ids: new Set(), all: true }),
    clear: () => setKept(empty),
  };
}
