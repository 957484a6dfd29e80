import { useState } from 'react';
import { idempotency, keyAfter, newKey } from '@/shared/api/client';
import { showRefusal } from '@/shared/ui/forms';
import { tell, tellProblem } from '@/shared/ui/notify';
import { useText } from '../texts';

/** What follows a form of the catalogue: closed when it is kept, the refusal under its inputs when it is not. */
export function useDone(form: Parameters<typeof showRefusal>[0], onClose: () => void) {
  const t = useText();
  // One key for the window: however often it is pressed, one is made.
  const [key, setKey] = useState(newKey);
  return {
    header: idempotency(key),
    kept: {
      onSuccess: () => {
        tell(t('done.kept'));
        onClose();
      },
      onError: (error: unknown) => {
        setKey(keyAfter(key, error));
        showRefusal(form, error);
      },
    },
    deleted: {
      onSuccess: () => {
        tell(t('done.deleted'));
        onClose();
      },
      onError: tellProblem,
    },
  };
}
