import { Button, Group } from '@mantine/core';
import { useText as useShared } from '@/shared/i18n';
import { useText } from '../texts';

interface Props {
  busy: boolean;
  onClose: () => void;
  /** Takes it away, of something that is there already. */
  onDelete?: () => void;
  deleting?: boolean;
}

/** The buttons below a form of the catalogue. */
export function FormButtons({ busy, onClose, onDelete, deleting }: Props) {
  const t = useText();
  const shared = useShared();
  return (
    <Group justify="space-between">
      {onDelete ? (
        <Button variant="subtle" color="red" loading={deleting} onClick={onDelete}>
          {t('delete')}
        </Button>
      ) : (
        <span />
      )}
      <Group gap="xs">
        <Button variant="default" onClick={onClose}>
          {shared('action.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {shared('action.save')}
        </Button>
      </Group>
    </Group>
  );
}
