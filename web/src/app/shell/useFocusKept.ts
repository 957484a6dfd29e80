import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** What was pressed to get to another page is gone with the old one: the keyboard and the reader go on in the new one. */
export function useFocusKept(id: string) {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation }) => {
        if (!fromLocation || document.activeElement !== document.body) return;
        document.getElementById(id)?.focus({ preventScroll: true });
      }),
    [router, id],
  );
}
