import type { QueryClient } from '@tanstack/react-query';
import { refresh } from '../api/keys';
import type { LiveEvent } from './event';

/** Which paths of the API an event makes stale. */
const STALE: Record<string, readonly string[]> = {
  message: ['/api/messages/history', '/api/dialogs*', '/api/analytics*'],
  dialog: ['/api/dialogs*', '/api/contacts', '/api/contacts/{id}*'],
  campaign: ['/api/campaigns*', '/api/dialogs/counts'],
  job: ['/api/jobs/{id}', '/api/imports*', '/api/groups*'],
  account: ['/api/accounts*', '/api/system'],
};

/** Events come in bursts; what they make stale is asked again once per this long. */
const BATCH_MS = 400;

/** Feeds the query cache: collects what events make stale and has it asked again, a batch at a time. */
export class Feed {
  private readonly waiting = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly client: QueryClient) {}

  take(event: LiveEvent) {
    if (event.kind === 'reset') {
      this.everything();
      return;
    }
    for (const path of STALE[event.kind] ?? []) this.waiting.add(path);
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** After a gap nobody knows what was missed. */
  everything() {
    void this.client.invalidateQueries();
  }

  private flush() {
    this.timer = null;
    const paths = [...this.waiting];
    this.waiting.clear();
    void refresh(this.client, ...paths);
  }
}
