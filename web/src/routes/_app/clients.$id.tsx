import { createFileRoute, notFound } from '@tanstack/react-router';
import { ClientPage } from '@/features/clients/card/ClientPage';

export const Route = createFileRoute('/_app/clients/$id')({
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  component: Client,
});

function Client() {
  return <ClientPage id={Route.useParams().id} />;
}
