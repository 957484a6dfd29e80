import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useText as useShared } from '@/shared/i18n';
import { Empty, Failed } from '@/shared/ui/states';
import { useText } from '../texts';

/** A page that does not exist. */
export function NotFound() {
  const t = useText();
  const shared = useShared();
  return (
    <Empty
      icon={IconMapPinOff}
      title={shared('error.not_found')}
      action={
        <Button component={Link} to="/inbox" variant="light">
          {t('home')}
        </Button>
      }
    >
      {shared('error.not_found_about')}
    </Empty>
  );
}

/** A page that could not be shown. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return <Failed error={error} retry={again} />;
}
