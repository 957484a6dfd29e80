import { createFileRoute } from '@tanstack/react-router';
import { ContactPage } from '@/features/contacts/card/ContactPage';

export const Route = createFileRoute('/_app/contacts/$id')({ component: ContactPage });
