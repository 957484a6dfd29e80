import { Group } from '@mantine/core';
import { ButtonLink } from '@/shared/ui/links';
import { useText } from '../texts';

/** The two lists of this page: the people, and what they have bought. */
export function Lists({ current }: { current: 'clients' | 'subscriptions' }) {
  const t = useText();
  const look = (one: typeof current) =>
    ({ size: 'compact-md', variant: one === current ? 'light' : 'subtle' }) as const;
  return (
    <Group component="nav" aria-label={t('lists')} gap="xs" mb="sm">
      <ButtonLink to="/clients" activeOptions={{ exact: true }} {...look('clients')}>
        {t('title')}
      </ButtonLink>
      <ButtonLink to="/clients/subscriptions" {...look('subscriptions')}>
        {t('subscriptions.title')}
      </ButtonLink>
    </Group>
  );
}
