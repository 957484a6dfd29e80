import { Alert, Group, Tabs, Text } from '@mantine/core';
import { api, type Schemas } from '@/shared/api/client';
import { count, moment } from '@/shared/format';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Loaded } from '@/shared/ui/states';
import { BackToList } from '../BackToList';
import { CampaignButtons } from '../list/CampaignButtons';
import { StateBadge } from '../list/CampaignRow';
import { campaignRoute, PARTS } from '../search';
import { useText } from '../texts';
import { Drafts } from './Drafts';
import { People } from './People';
import { Results } from './Results';

/** One campaign: its results, its people, its drafts. */
export function CampaignPage({ id }: { id: number }) {
  const campaign = api.useQuery('get', '/api/campaigns/{id}', { params: { path: { id } } });
  return (
    <Page wide>
      <Loaded query={campaign}>{(data) => <Campaign key={data.id} campaign={data} />}</Loaded>
    </Page>
  );
}

function Campaign({ campaign }: { campaign: Schemas['Campaign'] }) {
  const t = useText();
  const navigate = campaignRoute.useNavigate();
  const drafts = useDraftCount(campaign);
  const { part = drafts > 0 && campaign.status === 'running' ? 'drafts' : 'results' } =
    campaignRoute.useSearch();
  const show = (value: string | null) =>
    void navigate({ search: { part: PARTS.find((one) => one === value) } });
  return (
    <>
      <PageHeader
        above={<BackToList />}
        title={campaign.name}
        about={campaign.description ?? undefined}
        actions={<CampaignButtons campaign={campaign} />}
      />
      <Group gap="sm" mb="md">
        <StateBadge campaign={campaign} />
        <Text size="sm" c="dimmed">
          {life(campaign, t)}
        </Text>
      </Group>
      {campaign.status_reason_text && (
        <Alert color="orange" variant="light" mb="md">
          {campaign.status_reason_text}
        </Alert>
      )}
      <Tabs value={part} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="results">{t('part.results')}</Tabs.Tab>
          <Tabs.Tab value="people">{t('part.people')}</Tabs.Tab>
          <Tabs.Tab value="drafts">
            {drafts > 0 ? t('part.drafts_count', { shown: count(drafts) }) : t('part.drafts')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="results">
          <Results id={campaign.id} />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <People id={campaign.id} />
        </Tabs.Panel>
        <Tabs.Panel value="drafts">
          <Drafts campaign={campaign} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function useDraftCount(campaign: Schemas['Campaign']): number {
  const drafts = api.useQuery('get', '/api/campaigns/{id}/drafts', {
    params: { path: { id: campaign.id }, query: { limit: 1 } },
  });
  return drafts.data?.total ?? 0;
}

function life(campaign: Schemas['Campaign'], t: ReturnType<typeof useText>): string {
  const lines = [
    campaign.started_at
      ? t('when.started', { at: moment(campaign.started_at) })
      : t('when.created', { at: moment(campaign.created_at) }),
    campaign.completed_at ? t('when.completed', { at: moment(campaign.completed_at) }) : null,
    campaign.status === 'scheduled' && campaign.scheduled_at
      ? t('when.scheduled', { at: moment(campaign.scheduled_at) })
      : null,
  ];
  return lines.filter(Boolean).join(' · ');
}
