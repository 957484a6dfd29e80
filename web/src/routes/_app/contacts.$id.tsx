import { createFileRoute, notFound } from '@tanstack/react-router';
import { ContactPage } from '@/features/contacts/card/ContactPage';

export const Route = createFileRoute('/_app/contacts/$id')({
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  component: Contact,
});

function Contact() {
  return <ContactPage id={Route.useParams().id} />;
}
