import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key of a page: how it is pressed (`Alt+E`, `Escape`, `g i`), what it does, and the doing. */
export interface Key {
  press: string;
  label: string;
  /** Also while the person types in an input. Keys with Alt, Ctrl and Escape may want it. */
  typing?: boolean;
  run: (event: KeyboardEvent) => void;
}

let bound: readonly (readonly Key[])[] = [];
const watchers = new Set<() => void>();

function change(next: typeof bound) {
  bound = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/** All keys that work now, for the `?` sheet. */
export function useBoundKeys(): Key[] {
  return useSyncExternalStore(watch, () => bound).flat();
}

/** Binds keys while the component is there; later bound ones win. */
export function useKeys(keys: readonly Key[]) {
  const holder = useRef<readonly Key[]>(keys);
  const shown = keys.map((key) => `${key.press} ${key.label}`).join('\n');
  useEffect(() => {
    holder.current = keys;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: bound anew only when what the sheet shows has changed.
  useEffect(() => {
    const mine = holder.current.map((key, index) => ({
      ...key,
      run: (event: KeyboardEvent) => holder.current[index]?.run(event),
    }));
    change([...bound, mine]);
    return () => change(bound.filter((one) => one !== mine));
  }, [shown]);
}

/** Keys by where they are on the board, so that `Alt+E` works with a Russian layout as well. */
function nameOf(event: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return '?';
  return event.key;
}

/** How an event is written in `Key.press`. */
export function pressOf(event: KeyboardEvent): string {
  const name = nameOf(event);
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : ''].filter(Boolean);
  return [...held, held.length > 0 && name.length === 1 ? name.toUpperCase() : name].join('+');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** What takes keys for itself while it is open. */
const MODAL = '[role="dialog"][aria-modal="true"]';
const UNFOLDED = '[role="combobox"][aria-expanded="true"], [role="menu"]';

/** Two keys one after the other (`g i`) belong together for this long. */
const CHORD_MS = 1_000;

/** Listens for the whole page. Returns what ends it. */
export function listenForKeys(): () => void {
  let before = { press: '', at: 0 };
  let taken = false;
  // Looked at on the way down: what closes itself at this very key is no more there on the way up.
  const beforeAll = (event: KeyboardEvent) => {
    taken = document.querySelector(event.key === 'Escape' ? `${MODAL}, ${UNFOLDED}` : MODAL) !== null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (taken || event.defaultPrevented || event.isComposing) return;
    const press = pressOf(event);
    const chord = event.timeStamp - before.at < CHORD_MS ? `${before.press} ${press}` : '';
    before = { press, at: event.timeStamp };
    const typing = isTyping(event.target);
    const fits = (key: Key) => (key.press === press || key.press === chord) && (!typing || key.typing);
    const key = bound.flat().findLast(fits);
    if (!key) return;
    event.preventDefault();
    key.run(event);
  };
  window.addEventListener('keydown', beforeAll, { capture: true });
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', beforeAll, { capture: true });
    window.removeEventListener('keydown', onKeyDown);
  };
}
