import { Alert } from '@mantine/core';
import { TextLink } from '../ui/links';
import { words } from '../ui/notify';
import { useBusiness } from './business';
import { inTheWay } from './inTheWay';
import { useText } from './texts';

/** A refusal in a window, with the way to what is in the way in the schedule. */
export function Refused({ error, onLeave }: { error: unknown; onLeave: () => void }) {
  const t = useText();
  const { zone } = useBusiness();
  const at = inTheWay(error, zone);
  return (
    <Alert color="red" role="alert">
      {words(error)}{' '}
      {at && (
        <TextLink to="/schedule" search={at} onClick={onLeave} size="sm">
          {t('in_the_way')}
        </TextLink>
      )}
    </Alert>
  );
}
