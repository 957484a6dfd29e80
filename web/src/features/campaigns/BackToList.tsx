import { TextLink } from '@/shared/ui/links';
import { useText } from './texts';

/** The way back to the list of campaigns. */
export function BackToList() {
  const t = useText();
  return (
    <TextLink to="/campaigns" size="sm" display="inline-block" mb={4}>
      {t('back')}
    </TextLink>
  );
}
