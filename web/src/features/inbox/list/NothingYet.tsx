import { Button, Group } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { api } from '@/shared/api/client';
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
            <Button component={Link} to="/campaigns" search={{ upload: true }}>
              {t('list.upload')}
            </Button>
          ) : (
            <Button component={Link} to="/campaigns">
              {t('list.campaigns')}
            </Button>
          )}
        </Group>
      }
    >
      {none ? t('list.empty_no_contacts') : t('list.empty_about')}
    </Empty>
  );
}
