import type { useText } from './texts';

/** Who did something, in words. */
export function mover(by: string, t: ReturnType<typeof useText>): string {
  if (by === 'alfa') return t('mover.alfa');
  if (by === 'contact') return t('mover.contact');
  return by === 'local' ? t('mover.local') : by;
}
