import { Button, Code, Group, List, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { api } from '@/shared/api/client';
import { useText as useShared } from '@/shared/i18n';
import { usePhone } from '@/shared/ui/usePhone';
import { useText } from '../texts';
import classes from './SandboxRibbon.module.css';

const SETTINGS = 'TELEGRAM_API_ID=…\nTELEGRAM_API_HASH=…\nALFA_ADMIN_PASSWORD=…';

/** Says that this is the sandbox, and how to leave it. */
export function SandboxRibbon() {
  const t = useText();
  const phone = usePhone();
  const [open, { open: show, close }] = useDisclosure(false);
  const accounts = api.useQuery('get', '/api/accounts');
  if (!accounts.data?.items.some((account) => account.environment === 'sandbox')) return null;
  return (
    <Group className={classes.ribbon} justify="center" gap={phone ? 4 : 'sm'} wrap="nowrap" px="sm" py={4}>
      <Text size="xs" fw={500}>
        {phone ? t('sandbox.short') : t('sandbox.ribbon')}
      </Text>
      <Button
        className={classes.button}
        size="compact-xs"
        variant="transparent"
        onClick={show}
        style={{ flex: 'none' }}
      >
        {phone ? t('sandbox.connect_short') : t('sandbox.connect')}
      </Button>
      <HowTo opened={open} close={close} />
    </Group>
  );
}

function HowTo({ opened, close }: { opened: boolean; close: () => void }) {
  const t = useText();
  const shared = useShared();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('sandbox.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <Text size="sm" mb="sm">
        {t('sandbox.about')}
      </Text>
      <List type="ordered" spacing="sm" size="sm">
        <List.Item>{t('sandbox.law')}</List.Item>
        <List.Item>{t('sandbox.keys')}</List.Item>
        <List.Item>
          {t('sandbox.env')}
          <Code block mt={4}>
            {SETTINGS}
          </Code>
        </List.Item>
        <List.Item>{t('sandbox.restart')}</List.Item>
        <List.Item>{t('sandbox.sign_in')}</List.Item>
      </List>
    </Modal>
  );
}
