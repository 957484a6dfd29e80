import { createFileRoute } from '@tanstack/react-router';
import { InboxPage } from '@/features/inbox/InboxPage';
import { inboxSearch } from '@/features/inbox/search';

export const Route = createFileRoute('/_app/inbox')({
  validateSearch: inboxSearch,
  component: InboxPage,
});
