import { Badge, Group, Paper, Text } from '@mantine/core';
import { fromNow, moment } from '@/shared/format';
import { TextLink } from '@/shared/ui/links';
import { type Campaign, COLOURS } from '../states';
import { useText } from '../texts';
import { CampaignButtons } from './CampaignButtons';
import { Progress } from './Progress';

/** One campaign in the list: its state, how far it got, and what can be done with it. */
export function CampaignRow({ campaign }: { campaign: Campaign }) {
  const t = useText();
  return (
    <Paper component="article" withBorder p="md" aria-label={campaign.name}>
      <Group justify="space-between" align="flex-start" gap="xs" mb="xs">
        <div style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Group gap="xs">
            <TextLink
              to="/campaigns/$id"
              params={{ id: campaign.id }}
              fw={650}
              style={{ overflowWrap: 'anywhere' }}
            >
              {campaign.name}
            </TextLink>
            <StateBadge campaign={campaign} />
          </Group>
          <Text size="sm" c="dimmed">
            {[campaign.product_name, when(campaign, t)].filter(Boolean).join(' · ')}
          </Text>
          {campaign.status_reason_text && <Text size="sm">{campaign.status_reason_text}</Text>}
        </div>
        <CampaignButtons campaign={campaign} />
      </Group>
      <Progress progress={campaign.progress} />
      {campaign.progress.drafts > 0 && (
        <TextLink
          to="/campaigns/$id"
          params={{ id: campaign.id }}
          search={{ part: 'drafts' }}
          size="sm"
          mt="xs"
          display="inline-block"
        >
          {t('drafts_waiting', { count: campaign.progress.drafts })}
        </TextLink>
      )}
    </Paper>
  );
}

/** The state of a campaign in a word. */
export function StateBadge({ campaign }: { campaign: Pick<Campaign, 'status'> }) {
  const t = useText();
  return <Badge color={COLOURS[campaign.status]}>{t(`state.${campaign.status}`)}</Badge>;
}

function when(campaign: Campaign, t: ReturnType<typeof useText>): string {
  if (campaign.status === 'scheduled' && campaign.scheduled_at)
    return t('when.scheduled', { at: moment(campaign.scheduled_at) });
  if (campaign.completed_at) return t('when.completed', { at: moment(campaign.completed_at) });
  // While drafts wait for a person, nobody knows when it ends.
  if (campaign.expected_finish_at && campaign.progress.drafts === 0)
    return t('when.finishes', { at: fromNow(campaign.expected_finish_at) });
  if (campaign.started_at) return t('when.started', { at: moment(campaign.started_at) });
  return t('when.created', { at: moment(campaign.created_at) });
}
