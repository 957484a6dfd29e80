import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from './texts';

/** The way back to the list of campaigns. */
export function BackToList() {
  const t = useText();
  return (
    <Anchor component={Link} to="/campaigns" size="sm" display="inline-block" mb={4}>
      {t('back')}
    </Anchor>
  );
}
