import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, BY_CURSOR, http, type Schemas } from '@/shared/api/client';
import { pathOf } from '@/shared/api/keys';
import { KEEPS_ITSELF, useLiveEvent } from '@/shared/live';
import type { Tab } from '../search';
import { type Dialog, withDialog, withFreshHead } from './merge';

type Page = Schemas['Page_Dialog'];

const PAGE_ROWS = 100;
/** Events come in bursts; the top of the list is asked again once per this long. */
const REFRESH_MS = 500;

const query = (tab: Tab | undefined, search: string | undefined) => ({
  sort: '-last_message_at',
  limit: PAGE_ROWS,
  ...(tab && tab !== 'all' && { tab }),
  ...(search && { search }),
});

/** The dialogs of a tab, newest first: loaded page by page while one scrolls, kept fresh from the top. */
export function useDialogs(tab: Tab | undefined, search: string | undefined) {
  const client = useQueryClient();
  const init = { params: { query: query(tab, search) } };
  const dialogs = api.useInfiniteQuery('get', '/api/dialogs', init, {
    ...BY_CURSOR,
    refetchOnMount: false,
    meta: KEEPS_ITSELF,
  });

  const key = JSON.stringify(init);
  const refreshTop = async () => {
    const { data } = await http.GET('/api/dialogs', init);
    if (!data) return;
    client.setQueriesData<InfiniteData<Page>>(
      { predicate: (one) => pathOf(one) === '/api/dialogs' && JSON.stringify(one.queryKey[2]) === key },
      (old) => old && { ...old, pages: withFreshHead(old.pages, data) },
    );
  };
  const schedule = useThrottled(refreshTop, REFRESH_MS);
  useLiveEvent((event) => {
    if (event.kind === 'message' || event.kind === 'dialog' || event.kind === 'reset') schedule();
  });
  return { dialogs, refreshTop };
}

/** Runs at most once per `ms`, and once more for what came meanwhile. */
function useThrottled(run: () => Promise<void>, ms: number) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      // A failure is told by the connection banner; the next event tries again.
      latest.current().catch(() => {});
    }, ms);
  };
}

/** Writes what is known of one dialog into every list that has it. */
export function usePatchDialog() {
  const client = useQueryClient();
  return (dialog: Partial<Dialog> & { contact_id: number }) => {
    client.setQueriesData<InfiniteData<Page>>(
      { predicate: (one) => pathOf(one) === '/api/dialogs' && one.queryKey[1] === '/api/dialogs' },
      (old) => (old && 'pages' in old ? { ...old, pages: withDialog(old.pages, dialog) } : old),
    );
  };
}
