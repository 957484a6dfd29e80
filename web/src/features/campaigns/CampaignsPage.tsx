import { Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconSend, IconUpload } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { api, BY_CURSOR } from '@/shared/api/client';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Empty, Loaded } from '@/shared/ui/states';
import { useGone } from './data/gone';
import { CampaignRow } from './list/CampaignRow';
import { StateFilter } from './list/StateFilter';
import { listRoute } from './search';
import { useText } from './texts';

/** Campaigns shown at once; more come with the button below. */
const PAGE_ROWS = 30;

/** The list of campaigns with their live progress. */
export function CampaignsPage() {
  const t = useText();
  const { status } = listRoute.useSearch();
  const gone = useGone();
  const campaigns = api.useInfiniteQuery(
    'get',
    '/api/campaigns',
    { params: { query: { sort: '-id', limit: PAGE_ROWS, ...(status && { status }) } } },
    {
      ...BY_CURSOR,
      placeholderData: keepPreviousData,
    },
  );
  const create = (
    <ButtonLink to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('new')}
    </ButtonLink>
  );
  const upload = (
    <ButtonLink
      to="/import"
      search={{ campaign: true }}
      variant="default"
      leftSection={<IconUpload size={16} aria-hidden />}
    >
      {t('upload')}
    </ButtonLink>
  );
  const actions = (
    <Group gap="xs">
      {upload}
      {create}
    </Group>
  );
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={actions} />
      <StateFilter />
      <Loaded query={campaigns}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items).filter((one) => !gone.has(one.id));
          if (items.length === 0 && status) return <Empty icon={IconSend} title={t('empty.filter')} />;
          if (items.length === 0) {
            return (
              <Empty icon={IconSend} title={t('empty.title')} action={actions}>
                {t('empty.about')}
              </Empty>
            );
          }
          return (
            <Stack gap="sm">
              {items.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} />
              ))}
              {campaigns.hasNextPage && (
                <Button
                  variant="default"
                  loading={campaigns.isFetchingNextPage}
                  onClick={() => void campaigns.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
