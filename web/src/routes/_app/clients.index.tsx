import { createFileRoute } from '@tanstack/react-router';
import { ClientsPage } from '@/features/clients/ClientsPage';
import { clientsSearch } from '@/features/clients/search';

export const Route = createFileRoute('/_app/clients/')({
  validateSearch: clientsSearch,
  component: ClientsPage,
});
