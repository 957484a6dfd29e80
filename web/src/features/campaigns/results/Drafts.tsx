import { Button, Group, Stack, Text } from '@mantine/core';
import { IconChecks, IconWriting } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, BY_CURSOR, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { count } from '@/shared/format';
import { tell } from '@/shared/ui/notify';
import { Empty, Loaded } from '@/shared/ui/states';
import { useOnce } from '@/shared/ui/useOnce';
import { useText } from '../texts';
import { Draft } from './Draft';

const PAGE_ROWS = 20;

/** The drafts that wait for a person's word: each can be changed, let out or rejected, or all let out at once. */
export function Drafts({ campaign }: { campaign: Schemas['Campaign'] }) {
  const t = useText();
  const client = useQueryClient();
  const drafts = api.useInfiniteQuery(
    'get',
    '/api/campaigns/{id}/drafts',
    { params: { path: { id: campaign.id }, query: { limit: PAGE_ROWS } } },
    BY_CURSOR,
  );
  const approve = api.useMutation('post', '/api/campaigns/{id}/approve', {
    onSettled: () => refresh(client, '/api/campaigns*'),
    onSuccess: ({ approved }) => tell(t('drafts.approved', { count: approved, shown: count(approved) })),
  });
  const once = useOnce();
  const letAllOut = () => {
    if (!once.begin()) return;
    const params = { path: { id: campaign.id }, header: idempotency(newKey()) };
    approve.mutate({ params, body: {} }, { onSettled: once.end });
  };
  return (
    <Loaded query={drafts}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const total = pages[0]?.total ?? 0;
        if (items.length === 0) return <NoDrafts campaign={campaign} />;
        return (
          <Stack>
            <Group justify="space-between">
              <Text>{t('drafts.waiting', { count: total, shown: count(total) })}</Text>
              <Button
                leftSection={<IconChecks size={16} aria-hidden />}
                loading={approve.isPending}
                onClick={letAllOut}
              >
                {t('drafts.approve_all', { shown: count(total) })}
              </Button>
            </Group>
            {items.map((draft) => (
              <Draft key={draft.id} draft={draft} campaign={campaign} />
            ))}
            {drafts.hasNextPage && (
              <Button
                variant="default"
                loading={drafts.isFetchingNextPage}
                onClick={() => void drafts.fetchNextPage()}
              >
                {t('more')}
              </Button>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function NoDrafts({ campaign }: { campaign: Schemas['Campaign'] }) {
  const t = useText();
  if (campaign.approval === 'auto') {
    return (
      <Empty icon={IconWriting} title={t('drafts.auto')}>
        {t('drafts.auto_about')}
      </Empty>
    );
  }
  const { pending, queued } = campaign.progress;
  const writing = campaign.status === 'running' && pending + queued > 0;
  return (
    <Empty icon={IconWriting} title={writing ? t('drafts.writing') : t('drafts.none')}>
      {t('drafts.none_about')}
    </Empty>
  );
}
