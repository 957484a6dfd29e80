import { useLocation } from '@tanstack/react-router';
import type { Filter } from './search';
import type { SubscriptionsSearch } from './subscriptions/search';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list that a card was opened from, with its filters. */
    clients?: Filter;
    subscriptions?: SubscriptionsSearch;
  }
}

/** The list that this card was opened from; it outlives a reload. */
export function useCameFrom() {
  return useLocation({
    select: ({ state }) => ({ clients: state.clients, subscriptions: state.subscriptions }),
  });
}
