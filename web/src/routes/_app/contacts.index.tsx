import { createFileRoute } from '@tanstack/react-router';
import { ContactsPage } from '@/features/contacts/ContactsPage';
import { contactsSearch } from '@/features/contacts/search';

export const Route = createFileRoute('/_app/contacts/')({
  validateSearch: contactsSearch,
  component: ContactsPage,
});
