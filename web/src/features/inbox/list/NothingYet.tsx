import { Group } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { ButtonLink } from '@/shared/ui/links';
import { Empty } from '@/shared/ui/states';
import { useText } from '../texts';

/** The very first look at the product: what to do so that dialogs appear. */
export function NothingYet() {
  const t = useText();
  const contacts = api.useQuery('get', '/api/contacts', { params: { query: { limit: 1 } } });
  const none = contacts.data?.total === 0;
  return (
    <Empty
      icon={IconMessages}
      title={t('list.empty')}
      action={
        <Group justify="center" gap="xs">
          {none ? (
            <ButtonLink to="/import" search={{ campaign: true }}>
              {t('list.upload')}
            </ButtonLink>
          ) : (
            <ButtonLink to="/campaigns">{t('list.campaigns')}</ButtonLink>
          )}
        </Group>
      }
    >
      {none ? t('list.empty_no_contacts') : t('list.empty_about')}
    </Empty>
  );
}
