import { createFileRoute, notFound } from '@tanstack/react-router';
import { GroupPage } from '@/features/groups/GroupPage';
import { groupSearch } from '@/features/groups/search';

export const Route = createFileRoute('/_app/groups/$id')({
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  validateSearch: groupSearch,
  component: Group,
});

function Group() {
  return <GroupPage id={Route.useParams().id} />;
}
