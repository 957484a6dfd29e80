import { Code, List, Modal, Text } from '@mantine/core';
import { useText as useShared } from '@/shared/i18n';
import { useText } from '../texts';

const SETTINGS = 'TELEGRAM_API_ID=…\nTELEGRAM_API_HASH=…\nALFA_ADMIN_PASSWORD=…';

/** The way out of the sandbox, step by step. */
export default function GoingLive({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  return (
    <Modal
      opened
      onClose={onClose}
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
