import { Button } from '@mantine/core';
import { IconPlus, IconSend, IconUpload } from '@tabler/icons-react';
import { api } from '@/shared/api/client';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, Loaded } from '@/shared/ui/states';
import { useText } from './texts';

/** The list of campaigns. */
export function CampaignsPage() {
  const t = useText();
  const campaigns = api.useQuery('get', '/api/campaigns', { params: { query: { sort: '-id' } } });
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={<Button leftSection={<IconUpload size={16} aria-hidden />}>{t('upload')}</Button>}
      />
      <Loaded query={campaigns}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              icon={IconSend}
              title={t('empty.title')}
              action={<Button leftSection={<IconPlus size={16} />}>{t('new')}</Button>}
            >
              {t('empty.about')}
            </Empty>
          ) : (
            <>
              {items.map((one) => (
                <div key={one.id}>{one.name}</div>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
