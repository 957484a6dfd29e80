import { apiFetch } from '../api/session';
import type { LiveEvent, LiveStatus } from './event';
import { SseParser } from './sse';

/** The server sends a heartbeat every 15 s; two missed ones mean that the connection is dead, whatever the socket says. */
const SILENCE_MS = 35_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 10_000;

interface Options {
  /** The last event seen by anybody in this browser; null at first: from now on. */
  lastId: () => number | null;
  onEvent: (event: LiveEvent) => void;
  onStatus: (status: LiveStatus) => void;
  signal: AbortSignal;
}

/** Reads the stream of events until aborted: comes back after each loss and goes on behind the last event seen. */
export async function readEvents(options: Options): Promise<void> {
  let waitMs = RETRY_MIN_MS;
  while (!options.signal.aborted) {
    try {
      await readOnce(options, () => {
        waitMs = RETRY_MIN_MS;
        options.onStatus('live');
      });
    } catch {
      // Why it broke makes no difference: the next try begins where this one ended.
    }
    if (options.signal.aborted) return;
    options.onStatus('lost');
    await pause(waitMs, options.signal);
    waitMs = Math.min(waitMs * 2, RETRY_MAX_MS);
  }
}

async function readOnce(options: Options, onOpen: () => void) {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  options.signal.addEventListener('abort', stop, { once: true });
  const watchdog = new Watchdog(stop);
  try {
    const lastId = options.lastId();
    const url = new URL('/api/events', window.location.origin);
    if (lastId !== null) url.searchParams.set('last_event_id', String(lastId));
    const response = await apiFetch(
      new Request(url, { signal: attempt.signal, headers: { Accept: 'text/event-stream' } }),
    );
    if (!response.body) return;
    onOpen();
    await readBody(response.body, watchdog, options.onEvent);
  } finally {
    watchdog.end();
    options.signal.removeEventListener('abort', stop);
  }
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  watchdog: Watchdog,
  onEvent: (event: LiveEvent) => void,
) {
  const parser = new SseParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    watchdog.fed();
    for (const block of parser.push(decoder.decode(value, { stream: true }))) {
      if (block.data !== null) onEvent(JSON.parse(block.data) as LiveEvent);
    }
  }
}

/** Calls out when nothing came for too long. Timers stand still while a machine sleeps: on waking it looks at the clock. */
class Watchdog {
  private last = Date.now();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly onSilence: () => void) {
    this.timer = setInterval(this.look, 5_000);
    document.addEventListener('visibilitychange', this.look);
    window.addEventListener('online', this.onSilence);
  }

  fed() {
    this.last = Date.now();
  }

  end() {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.look);
    window.removeEventListener('online', this.onSilence);
  }

  private readonly look = () => {
    if (Date.now() - this.last > SILENCE_MS) this.onSilence();
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    // Somebody looks at the page, or the network is back: no reason to wait longer.
    const wake = () => document.visibilityState === 'visible' && done();
    function done() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
