import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { api, type Schemas } from '@/shared/api/client';
import { moment, percent } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { type Chosen, reportOf } from '../data';
import { useImport } from '../search';
import { ImportState } from '../start/PastImports';
import { useText } from '../texts';
import { Figures } from './Figures';
import { NextSteps } from './NextSteps';
import { Problems } from './Problems';

/** Events tell of progress as well; this is for when they do not come. */
const POLL_MS = 1_000;

/** One upload: how far it is, then what came of it. The address holds it, so a reload changes nothing. */
export function Run({ importId, chosen }: { importId: number; chosen: Chosen | null }) {
  const query = api.useQuery(
    'get',
    '/api/imports/{id}',
    { params: { path: { id: importId } } },
    { refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false) },
  );
  return <Loaded query={query}>{(found) => <Result found={found} chosen={chosen} />}</Loaded>;
}

function Result({ found, chosen }: { found: Schemas['Import']; chosen: Chosen | null }) {
  const t = useText();
  const shared = useShared();
  const { job: jobId, look } = useImport();
  const running = found.state === 'running';
  const job = api.useQuery(
    'get',
    '/api/jobs/{id}',
    { params: { path: { id: jobId ?? 0 } } },
    { enabled: jobId !== undefined, refetchInterval: running ? POLL_MS : false },
  );
  const failure = found.error ?? job.data?.error;
  return (
    <Stack gap="md">
      <Panel
        title={
          <Group gap="sm">
            {found.file_name}
            <ImportState row={found} />
          </Group>
        }
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {moment(found.created_at)}
            {' · '}
            {t('run.basis', { basis: shared(`consent.${found.consent}`) })}
          </Text>
          {running && <HowFar job={job.data} />}
          {failure && (
            <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('run.failed')}>
              {failure}
            </Alert>
          )}
          {!failure && <Figures found={found} />}
          {found.state === 'done' && <NextSteps found={found} chosen={chosen} />}
        </Stack>
      </Panel>
      {found.errors > 0 && <Problems found={found} report={reportOf(job.data)} />}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => look(null)}
        >
          {t('run.all')}
        </Button>
      </Group>
    </Stack>
  );
}

function HowFar({ job }: { job: Schemas['Job'] | undefined }) {
  const t = useText();
  const share = job?.progress_total ? Math.min(job.progress / job.progress_total, 1) : null;
  return (
    <div>
      <Text size="sm" mb={4} role="status">
        {share === null ? t('run.waiting') : t('run.progress', { share: percent(share) })}
      </Text>
      <Progress value={share === null ? 100 : share * 100} animated aria-label={t('run.running')} />
      <Text size="xs" c="dimmed" mt={4}>
        {t('run.may_leave')}
      </Text>
    </div>
  );
}
