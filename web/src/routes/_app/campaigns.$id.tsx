import { createFileRoute, notFound } from '@tanstack/react-router';
import { CampaignPage } from '@/features/campaigns/results/CampaignPage';
import { campaignSearch } from '@/features/campaigns/search';

export const Route = createFileRoute('/_app/campaigns/$id')({
  params: {
    parse: ({ id }) => {
      if (!/^\d{1,15}$/.test(id)) throw notFound();
      return { id: Number(id) };
    },
    stringify: ({ id }) => ({ id: String(id) }),
  },
  validateSearch: campaignSearch,
  component: Campaign,
});

function Campaign() {
  return <CampaignPage id={Route.useParams().id} />;
}
