import { Modal, type ModalProps } from '@mantine/core';
import { useText } from '../i18n';
import { usePhone } from './usePhone';

/** A window over the page; on a phone it takes the whole screen. */
export function Dialog(props: ModalProps) {
  const t = useText();
  const phone = usePhone();
  return <Modal fullScreen={phone} closeButtonProps={{ 'aria-label': t('action.close') }} {...props} />;
}
