import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { usePaging } from '@/shared/ui/usePaging';
import { route } from '../search';

/** Which page of a list of the catalogue is shown, and which of its rows is open. */
export function usePart<T>() {
  const { all } = route.useSearch();
  const [open, setOpen] = useState<T | 'new' | null>(null);
  const paging = usePaging(String(all), 'name');
  const { limit, cursor, sort } = paging;
  return {
    paging,
    open,
    setOpen,
    /** The row of the open form; none of it is new. */
    row: open === 'new' ? undefined : (open ?? undefined),
    close: () => setOpen(null),
    wanted: { params: { query: { ...(!all && { active: true }), limit, cursor, sort } } },
    options: { placeholderData: keepPreviousData },
  };
}
