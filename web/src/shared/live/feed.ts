import type { Query, QueryClient } from '@tanstack/react-query';
import { paramsOf, pathOf } from '../api/keys';
import type { LiveEvent } from './event';

/** What of the cache an event makes stale: a path (`*` at its end: all below), of the event's contact or campaign only. */
interface Stale {
  path: string;
  of?: 'contact_id' | 'campaign_id';
  /** The parameter of the path that holds the id; as `of` when left out. */
  param?: string;
}

const ofContact: Stale[] = [
  { path: '/api/messages/history', of: 'contact_id' },
  { path: '/api/dialogs/{contact_id}', of: 'contact_id' },
  { path: '/api/contacts/{id}*', of: 'contact_id', param: 'id' },
];
const ofCampaign: Stale[] = [
  { path: '/api/campaigns' },
  { path: '/api/campaigns/{id}*', of: 'campaign_id', param: 'id' },
];
/** A booking, a payment and a client's card change each other's figures. */
const ofBusiness: Stale[] = [
  '/api/clients*',
  '/api/schedule*',
  '/api/payments*',
  '/api/subscriptions*',
  '/api/dashboard*',
].map((path) => ({ path }));

const STALE: Record<string, readonly Stale[]> = {
  message: [...ofContact, ...ofCampaign, { path: '/api/dialogs/counts' }, { path: '/api/analytics*' }],
  dialog: [...ofContact, ...ofCampaign, { path: '/api/dialogs/counts' }, { path: '/api/contacts' }],
  campaign: ofCampaign,
  drafts: ofCampaign,
  job: [
    { path: '/api/jobs/{id}' },
    { path: '/api/imports*' },
    { path: '/api/groups*' },
    { path: '/api/contacts' },
  ],
  client: ofBusiness,
  schedule: ofBusiness,
  payment: ofBusiness,
  account: [{ path: '/api/accounts*' }, { path: '/api/system' }],
};

/** Events come in bursts; what they make stale is asked again once per this long. */
const BATCH_MS = 500;

/** Marks a query that keeps itself fresh from the events and must not be asked again as a whole. */
export const KEEPS_ITSELF = { keepsItself: true } as const;

/** Feeds the query cache: collects what events make stale and has it asked again, a batch at a time. */
export class Feed {
  private waiting: Array<(query: Query) => boolean> = [];
  private readonly known = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly client: QueryClient) {}

  take(event: LiveEvent) {
    for (const stale of STALE[event.kind] ?? []) this.add(stale, event);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** After a gap nobody knows what was missed. What hangs since then is asked anew as well. */
  everything() {
    void this.client.invalidateQueries({ predicate: (query) => !query.meta?.keepsItself });
  }

  /** The stream has just opened: an answer that was asked for before may lack what happened between the two. */
  opened() {
    const asked = new Set(
      this.client
        .getQueryCache()
        .getAll()
        .map((query) => query.queryHash),
    );
    if (asked.size > 0) this.later((query) => asked.has(query.queryHash));
  }

  private add(stale: Stale, event: LiveEvent) {
    const id = stale.of ? event[stale.of] : null;
    if (stale.of && id === null) return;
    const key = `${stale.path} ${id}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    this.waiting.push((query) => fits(query, stale, id));
  }

  private later(wanted: (query: Query) => boolean) {
    this.waiting.push(wanted);
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  private flush() {
    const waiting = this.waiting;
    this.timer = null;
    this.waiting = [];
    this.known.clear();
    const due = (query: Query) => !query.meta?.keepsItself && waiting.some((wanted) => wanted(query));
    // An answer on its way is not given up for a newer question: while events keep coming, a slow server would never be
    // heard. What it lacks is asked once it is there.
    const onTheirWay = this.client
      .getQueryCache()
      .findAll({ predicate: due, fetchStatus: 'fetching' })
      .map((query) => query.queryHash);
    const busy = new Set(onTheirWay);
    void this.client.invalidateQueries({ predicate: (query) => due(query) && !busy.has(query.queryHash) });
    if (busy.size > 0) this.later((query) => busy.has(query.queryHash));
  }
}

function fits(query: Query, stale: Stale, id: number | null): boolean {
  const path = pathOf(query);
  if (path === null) return false;
  const wanted = stale.path.endsWith('*') ? path.startsWith(stale.path.slice(0, -1)) : path === stale.path;
  return wanted && (id === null || paramsOf(query)[stale.param ?? stale.of ?? ''] === id);
}
