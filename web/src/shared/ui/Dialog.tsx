import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../i18n';
import { usePhone } from './usePhone';

/** A window over the page; on a phone it takes the whole screen. */
export function Dialog(props: ModalProps) {
  const t = useText();
  const phone = usePhone();
  useFocusGivenBack();
  return <Modal fullScreen={phone} closeButtonProps={{ 'aria-label': t('action.close') }} {...props} />;
}

/** A window that is gone all at once takes the focus with it: it goes back to what opened the window. */
function useFocusGivenBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Looked at when the window is out of the page, and what closed it had its turn.
      setTimeout(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
      });
    },
    [opener],
  );
}
