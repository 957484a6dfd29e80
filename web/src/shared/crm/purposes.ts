import { api } from '../api/client';
import { useBusiness, useServices } from './business';
import { shortDay, wallWords } from './clock';
import { useText } from './texts';

/** Most debts of a client that are offered to be paid. */
const MAX_DEBTS = 100;

/** Something that can be paid for. */
export interface Purpose {
  /** `booking:12`, `subscription:3`, `service:4`. */
  value: string;
  kind: 'booking' | 'subscription' | 'service';
  id: number;
  name: string;
  /** What is to be paid, in minor units. */
  minor: number;
  /** The debt in words, of a booking or a subscription. */
  owed?: string;
}

/** What a client owes, and the services that anybody may pay for. */
export function usePurposes(clientId: number | null): Purpose[] {
  const t = useText();
  const { zone } = useBusiness();
  const query = { params: { query: { client_id: clientId ?? 0, owed: true, limit: MAX_DEBTS } } };
  const enabled = { enabled: clientId !== null };
  const bookings = api.useQuery('get', '/api/schedule/bookings', query, enabled);
  const subscriptions = api.useQuery('get', '/api/subscriptions', query, enabled);
  const services = useServices();
  const debts = clientId === null ? [] : (bookings.data?.items ?? []);
  const sold = clientId === null ? [] : (subscriptions.data?.items ?? []);
  return [
    ...debts.map((one) => ({
      value: `booking:${one.id}`,
      kind: 'booking' as const,
      id: one.id,
      name: `${one.service?.name ?? one.place?.name ?? t('pay.booking')}, ${wallWords(one.starts_at, zone)}`,
      minor: one.owed.minor,
      owed: one.owed.formatted,
    })),
    ...sold.map((one) => ({
      value: `subscription:${one.id}`,
      kind: 'subscription' as const,
      id: one.id,
      name: `${one.service?.name ?? t('pay.subscription')}, ${shortDay(one.starts_on)}`,
      minor: one.owed.minor,
      owed: one.owed.formatted,
    })),
    ...(services.data?.items ?? []).map((one) => ({
      value: `service:${one.id}`,
      kind: 'service' as const,
      id: one.id,
      name: one.name,
      minor: one.price.minor,
    })),
  ];
}
