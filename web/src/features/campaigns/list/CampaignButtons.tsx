import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPlayerPause, IconPlayerPlay, IconTrash, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { MenuLink } from '@/shared/ui/links';
import { useCampaignActions } from '../data/useCampaignActions';
import { type Campaign, mayDo } from '../states';
import { useText } from '../texts';

/** What can be done with a campaign in its present state. */
export function CampaignButtons({ campaign }: { campaign: Pick<Campaign, 'id' | 'status' | 'name'> }) {
  const t = useText();
  const actions = useCampaignActions(campaign.id, campaign.status);
  const may = mayDo(campaign.status);
  const navigate = useNavigate();
  const remove = () => {
    actions.remove();
    // From its own page, which is about to be nobody's, to the list.
    void navigate({ to: '/campaigns' });
  };
  return (
    <Group gap={6} wrap="nowrap">
      {may.start && (
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={actions.busy}
          onClick={actions.start}
        >
          {t('action.start')}
        </Button>
      )}
      {may.pause && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPause size={15} aria-hidden />}
          loading={actions.busy}
          onClick={actions.pause}
        >
          {t('action.pause')}
        </Button>
      )}
      {may.resume && (
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={actions.busy}
          onClick={actions.resume}
        >
          {t('action.resume')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={t('action.more', { name: campaign.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuLink
            to="/campaigns/new"
            search={{ copy: campaign.id }}
            leftSection={<IconCopy size={16} aria-hidden />}
          >
            {t('action.copy')}
          </MenuLink>
          {may.delete && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={remove}>
              {t('action.delete')}
            </Menu.Item>
          )}
          {may.cancel && (
            <Menu.Item color="red" leftSection={<IconX size={16} aria-hidden />} onClick={actions.cancel}>
              {t('action.cancel')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
