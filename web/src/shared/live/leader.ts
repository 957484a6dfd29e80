import type { LiveEvent, LiveStatus } from './event';
import { readEvents } from './stream';

const CHANNEL = 'alfa.live';
const LOCK = 'alfa.live.leader';

type Note = { event: LiveEvent } | { status: LiveStatus } | { hello: true };

interface Listener {
  onEvent: (event: LiveEvent) => void;
  onStatus: (status: LiveStatus) => void;
}

/**
 * One stream for all tabs of a browser: the tab that holds the lock reads it and tells the others. When that tab is
 * closed, the next one gets the lock and goes on behind the last event that was told.
 */
export function followEvents(listener: Listener, signal: AbortSignal) {
  const channel = new BroadcastChannel(CHANNEL);
  let status: LiveStatus = 'opening';
  let leading = false;
  // Every tab hears every event, so whichever leads next knows where to go on.
  let lastId: number | null = null;

  const tell = (note: Note) => {
    channel.postMessage(note);
    hear(note);
  };
  const hear = (note: Note) => {
    if ('event' in note) {
      lastId = note.event.id;
      listener.onEvent(note.event);
    }
    if ('status' in note) {
      status = note.status;
      listener.onStatus(status);
    }
    if ('hello' in note && leading) channel.postMessage({ status });
  };
  channel.onmessage = (message: MessageEvent<Note>) => hear(message.data);
  signal.addEventListener('abort', () => channel.close(), { once: true });
  channel.postMessage({ hello: true });

  const lead = () => {
    leading = true;
    return readEvents({
      signal,
      lastId: () => lastId,
      onStatus: (next) => tell({ status: next }),
      onEvent: (event) => tell({ event }),
    });
  };
  // Locks exist on https and on this machine; elsewhere each tab reads for itself.
  const led = navigator.locks ? navigator.locks.request(LOCK, { signal }, lead) : lead();
  led.catch(() => {
    // Aborted while it waited for the lock: the page is going away.
  });
}
