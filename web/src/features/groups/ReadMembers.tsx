import { Alert, Button, NumberInput, Progress, Group as Row, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { isRunning, useJob } from '@/shared/api/useJob';
import { count } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import type { Group } from './GroupsPage';
import { groupRoute } from './search';
import { useText } from './texts';

/** Reads who is in the group, in the background; the job is in the address. */
export function ReadMembers({ group }: { group: Group }) {
  const t = useText();
  const { job: jobId } = groupRoute.useSearch();
  const navigate = groupRoute.useNavigate();
  const client = useQueryClient();
  const [limit, setLimit] = useState<number | string>('');
  const job = useJob(jobId);
  const running = isRunning(job);
  const parse = api.useMutation('post', '/api/groups/{id}/parse-members', {
    onSuccess: (started) => void navigate({ search: { job: started.id }, replace: true }),
  });
  const done = job?.state === 'done';
  useEffect(() => {
    if (done) void refresh(client, '/api/groups*', '/api/contacts');
  }, [done, client]);
  return (
    <Panel title={t('read.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('read.about')}</Text>
        <Row align="flex-end" gap="xs">
          <NumberInput
            label={t('read.limit')}
            placeholder={t('read.all')}
            min={1}
            max={10_000}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            value={limit}
            onChange={setLimit}
            w={160}
          />
          <Button
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={parse.isPending || running}
            onClick={() =>
              parse.mutate({
                params: { path: { id: group.id }, header: idempotency(newKey()) },
                body: limit === '' ? {} : { limit: Number(limit) },
              })
            }
          >
            {group.parsed_at ? t('read.again') : t('read.button')}
          </Button>
        </Row>
        {job && <Outcome job={job} />}
      </Stack>
    </Panel>
  );
}

function Outcome({ job }: { job: Schemas['Job'] }) {
  const t = useText();
  if (job.state === 'failed')
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('read.failed')}>
        {job.error}
      </Alert>
    );
  if (job.state === 'done')
    return (
      <Text size="sm" role="status">
        {t('read.done', { count: job.progress, shown: count(job.progress) })}
      </Text>
    );
  const share = job.progress_total ? (job.progress / job.progress_total) * 100 : 100;
  return (
    <div>
      <Text size="sm" mb={4} role="status">
        {t('read.progress', { count: job.progress, shown: count(job.progress) })}
      </Text>
      <Progress value={share} animated aria-label={t('read.running')} />
    </div>
  );
}
