import { Text } from '@mantine/core';
import { useText } from '../texts';
import { ManyDialog, type ManyProps } from './ManyDialog';
import { useBulk } from './useBulk';

/** Erases the data of many people: it can not be taken back, so it is asked. */
export function DeleteMany({ who, count, onDone, onClose }: ManyProps) {
  const t = useText();
  const bulk = useBulk(who, onDone);
  return (
    <ManyDialog
      title={t('bulk.delete_title')}
      count={count}
      action={t('card.erase')}
      danger
      busy={bulk.busy}
      error={bulk.error}
      onSubmit={() => bulk.run({ action: 'delete' })}
      onClose={onClose}
    >
      <Text size="sm">{t('erase.about')}</Text>
    </ManyDialog>
  );
}
