import { ActionIcon, Badge, Box, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconArrowLeft,
  IconDotsVertical,
  IconLayoutSidebarRight,
  IconLock,
  IconRobot,
  IconUser,
} from '@tabler/icons-react';
import { useText as useShared } from '@/shared/i18n';
import { usePhone } from '@/shared/ui/usePhone';
import type { Dialog } from '../data/merge';
import type { DialogActions } from '../data/useDialogActions';
import classes from '../inbox.module.css';
import { useInbox } from '../search';
import { useText } from '../texts';

interface Props {
  name: string;
  dialog: Dialog | null;
  actions: DialogActions;
  panelOpen: boolean;
  onPanel: () => void;
}

/** Whose chat it is, who answers in it, and how to change that. */
export function ChatHeader({ name, dialog, actions, panelOpen, onPanel }: Props) {
  const t = useText();
  const shared = useShared();
  const phone = usePhone();
  const { show } = useInbox();
  return (
    <Box component="header" className={classes.head}>
      {phone && (
        <ActionIcon size="lg" aria-label={shared('action.back')} onClick={() => show({ contact: undefined })}>
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
      )}
      <Box className={classes.grow}>
        <Text component="h2" fw={650} truncate>
          {name}
        </Text>
        {dialog && <State dialog={dialog} withStage={!panelOpen} />}
      </Box>
      {dialog &&
        (phone ? (
          <PhoneActions dialog={dialog} actions={actions} />
        ) : (
          <Buttons dialog={dialog} actions={actions} />
        ))}
      <Tooltip label={t('panel.title')}>
        <ActionIcon size="lg" aria-label={t('panel.title')} aria-pressed={panelOpen} onClick={onPanel}>
          <IconLayoutSidebarRight size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Box>
  );
}

function State({ dialog, withStage }: { dialog: Dialog; withStage: boolean }) {
  const t = useText();
  const shared = useShared();
  const owner = dialog.closed_at ? 'closed' : dialog.owner;
  const Icon = owner === 'closed' ? IconLock : owner === 'ai' ? IconRobot : IconUser;
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={14} aria-hidden />
      <Text size="xs" c="dimmed" truncate>
        {t(`owner.${owner}`)}
      </Text>
      {withStage && dialog.stage && (
        <Badge size="xs" variant="default" style={{ flex: 'none' }}>
          {shared(`stage.${dialog.stage}`)}
        </Badge>
      )}
    </Group>
  );
}

/** What can be done with the dialog as it is: its name, its key and the doing. */
function useOffers(dialog: Dialog, actions: DialogActions) {
  const t = useText();
  if (dialog.closed_at) return [{ label: t('action.reopen'), run: actions.reopen }];
  return [
    dialog.owner === 'ai'
      ? { label: t('action.take_over'), run: actions.takeOver }
      : { label: t('action.hand_back'), run: actions.handBack },
    { label: t('action.close'), run: actions.close },
  ];
}

function Buttons({ dialog, actions }: { dialog: Dialog; actions: DialogActions }) {
  const offers = useOffers(dialog, actions);
  return (
    <Group gap={6} wrap="nowrap">
      {offers.map((offer, index) => (
        <Button
          key={offer.label}
          size="xs"
          variant={index === 0 ? 'light' : 'default'}
          onClick={offer.run}
          loading={actions.busy}
        >
          {offer.label}
        </Button>
      ))}
    </Group>
  );
}

function PhoneActions({ dialog, actions }: { dialog: Dialog; actions: DialogActions }) {
  const t = useText();
  const offers = useOffers(dialog, actions);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t('action.more')}>
          <IconDotsVertical size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offers.map((offer) => (
          <Menu.Item key={offer.label} onClick={offer.run}>
            {offer.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
