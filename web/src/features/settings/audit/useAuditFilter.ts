import { route } from '../search';

/** The filter of the log that the address says, and how to set another. */
export function useAuditFilter() {
  const { part, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    filter,
    narrowed: Object.values(filter).filter((value) => value !== undefined).length,
    set: (change: typeof filter) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    clear: () => void navigate({ search: { part } }),
  };
}
