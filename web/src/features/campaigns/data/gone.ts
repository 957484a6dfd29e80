import { useSyncExternalStore } from 'react';

/** Drafts that were deleted and can still be taken back: the server has them, the person does not see them. */
let gone: ReadonlySet<number> = new Set();
const watchers = new Set<() => void>();

function change(next: ReadonlySet<number>) {
  gone = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/** Hides a campaign, or shows it again. */
export function hide(id: number, hidden: boolean) {
  const next = new Set(gone);
  if (hidden) next.add(id);
  else next.delete(id);
  change(next);
}

/** The campaigns that are hidden now. */
export function useGone(): ReadonlySet<number> {
  return useSyncExternalStore(watch, () => gone);
}
