import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveEvent } from './event';
import { Feed, KEEPS_ITSELF } from './feed';

const event = (
  kind: string,
  contact_id: number | null = null,
  campaign_id: number | null = null,
): LiveEvent => ({
  id: 1,
  kind,
  contact_id,
  campaign_id,
  created_at: '2026-01-01T00:00:00Z',
  body: {},
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('makes stale what an event is about and nothing else', () => {
  const client = new QueryClient();
  const history = (contact_id: number) => [
    'get',
    '/api/messages/history',
    { params: { query: { contact_id } } },
  ];
  const stats = (id: number) => ['get', '/api/campaigns/{id}/stats', { params: { path: { id } } }];
  const list = ['get', '/api/dialogs', {}];
  for (const key of [history(1), history(2), stats(5), stats(6), list]) client.setQueryData(key, {});
  client.getQueryCache().find({ queryKey: list })?.setOptions({ queryKey: list, meta: KEEPS_ITSELF });
  const stale = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;

  const feed = new Feed(client);
  feed.take(event('message', 1, 5));
  vi.advanceTimersByTime(600);
  expect([stale(history(1)), stale(history(2))]).toEqual([true, false]);
  expect([stale(stats(5)), stale(stats(6))]).toEqual([true, false]);

  feed.everything();
  expect([stale(history(2)), stale(list)]).toEqual([true, false]);
});

it('asks once for a burst', () => {
  const client = new QueryClient();
  const invalidate = vi.spyOn(client, 'invalidateQueries');
  const feed = new Feed(client);
  for (let count = 0; count < 100; count += 1) feed.take(event('message', count));
  vi.advanceTimersByTime(600);
  expect(invalidate).toHaveBeenCalledOnce();
});

it('does not give an answer up that is on its way, and asks for what it lacks afterwards', async () => {
  const client = new QueryClient();
  const answers: Array<(value: object) => void> = [];
  const asked = vi.fn(() => new Promise<object>((answer) => answers.push(answer)));
  const queryKey = ['get', '/api/campaigns/{id}', { params: { path: { id: 5 } } }];
  const observer = new QueryObserver(client, { queryKey, queryFn: asked });
  const end = observer.subscribe(() => {});
  const feed = new Feed(client);
  for (let count = 0; count < 4; count += 1) {
    feed.take(event('message', null, 5));
    await vi.advanceTimersByTimeAsync(600);
  }
  expect(asked).toHaveBeenCalledOnce();
  answers[0]?.({ sent: 1 });
  await vi.advanceTimersByTimeAsync(1_200);
  expect(client.getQueryData(queryKey)).toEqual({ sent: 1 });
  expect(asked).toHaveBeenCalledTimes(2);
  end();
});

it('asks again for what was asked before the stream was open', async () => {
  const client = new QueryClient();
  const asked = vi.fn(async () => ({}));
  const observer = new QueryObserver(client, { queryKey: ['get', '/api/system', {}], queryFn: asked });
  const end = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  new Feed(client).opened();
  await vi.advanceTimersByTimeAsync(600);
  expect(asked).toHaveBeenCalledTimes(2);
  end();
});
