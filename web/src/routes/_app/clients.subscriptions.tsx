import { createFileRoute } from '@tanstack/react-router';
import { SubscriptionsPage } from '@/features/clients/subscriptions/SubscriptionsPage';
import { subscriptionsSearch } from '@/features/clients/subscriptions/search';

export const Route = createFileRoute('/_app/clients/subscriptions')({
  validateSearch: subscriptionsSearch,
  component: SubscriptionsPage,
});
