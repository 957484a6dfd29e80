import { useEffect } from 'react';

const PRODUCT = 'Alfa';

/** Names the page in the browser's tab and for screen readers. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · ${PRODUCT}` : PRODUCT;
  }, [title]);
}
