import { Badge, Group, Stack, Text } from '@mantine/core';
import { api, type Schemas } from '@/shared/api/client';
import { keepChosen } from '@/shared/contact/chosen';
import { moment } from '@/shared/format';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

/** The campaigns that the contact is in, and how far each got. */
export function Campaigns({ contactId }: { contactId: number }) {
  const t = useText();
  const campaigns = api.useQuery('get', '/api/contacts/{id}/campaigns', {
    params: { path: { id: contactId } },
  });
  return (
    <Panel title={t('card.campaigns')}>
      <Loaded query={campaigns} rows={1}>
        {({ items }) => (
          <Stack gap="sm" align="flex-start">
            {items.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('card.no_campaigns')}
              </Text>
            )}
            {items.map((row) => (
              <Row key={row.campaign_id} row={row} />
            ))}
            <ButtonLink
              to="/campaigns/new"
              search={{ chosen: true }}
              size="xs"
              variant="default"
              onClick={() => keepChosen([contactId])}
            >
              {t('card.new_campaign')}
            </ButtonLink>
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

function Row({ row }: { row: Schemas['ContactCampaign'] }) {
  const t = useText();
  const happened = [
    row.sent_at && t('campaign.sent', { at: moment(row.sent_at) }),
    row.replied_at && t('campaign.replied', { at: moment(row.replied_at) }),
    row.reason_text,
  ].filter(Boolean);
  return (
    <div>
      <Group gap="xs">
        <TextLink to="/campaigns/$id" params={{ id: row.campaign_id }} fw={600} size="sm">
          {row.name}
        </TextLink>
        <Badge variant="default" tt="none">
          {t(`campaign_state.${row.state}`)}
        </Badge>
      </Group>
      {happened.length > 0 && (
        <Text size="xs" c="dimmed">
          {happened.join(' · ')}
        </Text>
      )}
    </div>
  );
}
