import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { refresh } from '../api/keys';
import { todayIn } from './clock';

/** Everything of the API that a change in the CRM may touch. */
const PATHS = [
  '/api/clients*',
  '/api/services*',
  '/api/staff*',
  '/api/places*',
  '/api/directions*',
  '/api/schedule*',
  '/api/payments*',
  '/api/subscriptions*',
  '/api/dashboard*',
];

/** Has all that is shown of the CRM asked again: a payment changes debts, seats and figures alike. */
export function refreshCrm(client: QueryClient): Promise<void> {
  return refresh(client, ...PATHS);
}

/** `refreshCrm` for a mutation's `onSettled`. */
export function useCrmRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => refreshCrm(client);
}

/** Whose clock and money it is. */
export interface Business {
  /** IANA name of the time zone. */
  zone: string;
  /** ISO 4217. */
  currency: string;
  today: string;
}

/** The business's clock and currency; the browser's own clock until the server has told. */
export function useBusiness(): Business {
  const about = api.useQuery('get', '/api/system');
  const zone = about.data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { zone, currency: about.data?.currency ?? 'RUB', today: todayIn(zone) };
}

/** Most rows of a list that is chosen from. */
const MAX_CHOICES = 200;

/** The services that are offered. */
export function useServices() {
  return api.useQuery('get', '/api/services', {
    params: { query: { active: true, sort: 'name', limit: MAX_CHOICES } },
  });
}

/** Those who hold sessions. */
export function useStaff() {
  return api.useQuery('get', '/api/staff', {
    params: { query: { active: true, sort: 'name', limit: MAX_CHOICES } },
  });
}

/** The places that can be booked. */
export function usePlaces() {
  return api.useQuery('get', '/api/places', {
    params: { query: { active: true, sort: 'name', limit: MAX_CHOICES } },
  });
}

/** The directions, with a way from a code to its name. */
export function useDirections() {
  const query = api.useQuery('get', '/api/directions');
  const items = query.data?.items ?? [];
  const nameOf = (code: string | null | undefined) =>
    items.find((one) => one.code === code)?.name ?? code ?? '';
  return { items, nameOf };
}

/** Rows as a list that is chosen from. */
export function choices(
  rows: readonly { id: number; name: string }[] | undefined,
): { value: string; label: string }[] {
  return (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
}

export type Client = Schemas['Client'];
export type Booking = Schemas['Booking'];
export type Session = Schemas['Session'];
export type Payment = Schemas['Payment'];
export type Subscription = Schemas['Subscription'];
export type Money = Schemas['Money'];
