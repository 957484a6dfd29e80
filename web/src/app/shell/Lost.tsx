import { IconMapPinOff } from '@tabler/icons-react';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useText as useShared } from '@/shared/i18n';
import { ButtonLink } from '@/shared/ui/links';
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
        <ButtonLink to="/inbox" variant="light">
          {t('home')}
        </ButtonLink>
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
