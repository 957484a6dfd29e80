import { type ReactNode, useState } from 'react';
import { useBusiness } from '@/shared/crm/business';
import { inTheWay } from '@/shared/crm/inTheWay';
import { Refused } from '@/shared/crm/Refused';
import { showRefusal } from '@/shared/ui/forms';

/** How a form of the schedule is refused: at its inputs, or with the way to what takes the time. */
export function useRefusal(form: Parameters<typeof showRefusal>[0], onClose: () => void) {
  const { zone } = useBusiness();
  const [error, setError] = useState<unknown>(null);
  const note: ReactNode = error ? <Refused error={error} onLeave={onClose} /> : null;
  return {
    note,
    refuse: (refusal: unknown) => {
      if (inTheWay(refusal, zone)) return setError(refusal);
      setError(null);
      showRefusal(form, refusal);
    },
    clear: () => setError(null),
  };
}
