import { Group, Kbd, Modal, Table } from '@mantine/core';
import { useText as useShared } from '@/shared/i18n';
import { useBoundKeys } from '@/shared/ui/keys';
import { useText } from '../texts';

/** All keys that work on this page. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const keys = useBoundKeys();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <Table>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={`${key.press} ${key.label}`}>
              <Table.Td>{key.label}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  {key.press.split(/[ +]/).map((part) => (
                    <Kbd key={part}>{part.length === 1 ? part.toUpperCase() : part}</Kbd>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
