import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { LiveEvent, LiveStatus } from './event';
import { Feed } from './feed';
import { followEvents } from './leader';

export type { LiveEvent, LiveStatus } from './event';
export { KEEPS_ITSELF } from './feed';

/** What is heard after a gap: nobody knows what was missed. */
const RESET: LiveEvent = {
  id: 0,
  kind: 'reset',
  contact_id: null,
  campaign_id: null,
  created_at: '',
  body: {},
};

type Hearer = (event: LiveEvent) => void;

interface Live {
  status: LiveStatus;
  hear: (hearer: Hearer) => () => void;
}

const LiveContext = createContext<Live>({ status: 'opening', hear: () => () => {} });

/** Connects the page to the server's events: the query cache is fed, and `useLiveEvent` hears them. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('opening');
  const hearers = useRef(new Set<Hearer>());

  useEffect(() => {
    const ended = new AbortController();
    const feed = new Feed(client);
    let before: LiveStatus = 'opening';
    const tell = (event: LiveEvent) => {
      if (event.kind === 'reset') feed.everything();
      else feed.take(event);
      for (const hearer of hearers.current) hearer(event);
    };
    followEvents(
      {
        onEvent: tell,
        onStatus: (next) => {
          if (next === 'live' && before === 'opening') {
            feed.opened();
            for (const hearer of hearers.current) hearer(RESET);
          }
          // Whatever failed while the server was away is asked again.
          if (next === 'live' && before === 'lost') tell(RESET);
          before = next;
          setStatus(next);
        },
      },
      ended.signal,
    );
    return () => ended.abort();
  }, [client]);

  const [hear] = useState(() => (hearer: Hearer) => {
    hearers.current.add(hearer);
    return () => void hearers.current.delete(hearer);
  });
  return <LiveContext value={{ status, hear }}>{children}</LiveContext>;
}

/** How the connection to the server is. */
export function useLiveStatus(): LiveStatus {
  return useContext(LiveContext).status;
}

/** Calls back for each event while the component is there. */
export function useLiveEvent(onEvent: Hearer) {
  const { hear } = useContext(LiveContext);
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => hear((event) => latest.current(event)), [hear]);
}
