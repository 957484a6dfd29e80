import { createFileRoute } from '@tanstack/react-router';
import { CampaignsPage } from '@/features/campaigns/CampaignsPage';
import { campaignsSearch } from '@/features/campaigns/search';

export const Route = createFileRoute('/_app/campaigns/')({
  validateSearch: campaignsSearch,
  component: CampaignsPage,
});
