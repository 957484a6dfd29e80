import { useState } from 'react';

const DEFAULT_LIMIT = 50;

/** Where a table is in its list. Lists are paged by cursor, so the way back is remembered. */
export interface Paging {
  limit: number;
  cursor: string | undefined;
  sort: string | undefined;
  /** Rows before this page. */
  offset: number;
  isFirst: boolean;
  next: (cursor: string, shown: number) => void;
  previous: () => void;
  setLimit: (limit: number) => void;
  setSort: (sort: string) => void;
}

interface Step {
  cursor: string | undefined;
  offset: number;
}

const START: Step[] = [{ cursor: undefined, offset: 0 }];

/** Pages a list. `filterKey` names the filters: when it changes, the first page is shown again. */
export function usePaging(filterKey: string, startSort?: string): Paging {
  const [limit, setLimitTo] = useState(DEFAULT_LIMIT);
  const [sort, setSortTo] = useState(startSort);
  const [way, setWay] = useState({ filterKey, steps: START });
  const steps = way.filterKey === filterKey ? way.steps : START;
  const here = steps[steps.length - 1] ?? { cursor: undefined, offset: 0 };
  const go = (next: Step[]) => setWay({ filterKey, steps: next });
  return {
    limit,
    cursor: here.cursor,
    sort,
    offset: here.offset,
    isFirst: steps.length <= 1,
    next: (cursor, shown) => go([...steps, { cursor, offset: here.offset + shown }]),
    previous: () => go(steps.length > 1 ? steps.slice(0, -1) : steps),
    setLimit: (next) => {
      setLimitTo(next);
      go(START);
    },
    setSort: (next) => {
      setSortTo(next);
      go(START);
    },
  };
}
