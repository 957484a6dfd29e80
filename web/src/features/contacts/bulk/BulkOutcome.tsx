import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { isRunning, useJob } from '@/shared/api/useJob';
import { count, percent } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { useText } from '../texts';
import { type Begun, useBegun } from './useBulk';

const result = v.object({ changed: v.number(), unchanged: v.number(), refused: v.number() });

/** How far the last change of many contacts is, and what came of it; there until the person has seen it. */
export function BulkOutcome() {
  const { begun, keep } = useBegun();
  if (!begun) return null;
  return <Outcome key={begun.jobId} begun={begun} onSeen={() => keep(null)} />;
}

function Outcome({ begun, onSeen }: { begun: Begun; onSeen: () => void }) {
  const t = useText();
  const shared = useShared();
  const client = useQueryClient();
  const job = useJob(begun.jobId);
  const done = job?.state === 'done';
  useEffect(() => {
    if (done) void refresh(client, '/api/contacts*', '/api/dialogs*');
  }, [done, client]);
  const title = titleOf(begun, t);
  if (!job || isRunning(job)) return <HowFar title={title} job={job} />;
  const failed = !done;
  return (
    <Alert
      mb="sm"
      role="status"
      color={failed ? 'red' : 'teal'}
      variant="light"
      icon={failed ? <IconAlertTriangle aria-hidden /> : <IconCheck aria-hidden />}
      title={title}
      withCloseButton
      closeButtonLabel={shared('action.close')}
      onClose={onSeen}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">{failed ? (job.error ?? t('bulk.failed')) : figures(job, begun.action, t)}</Text>
        {done && <Undo begun={begun} job={job} />}
      </Group>
    </Alert>
  );
}

function HowFar({ title, job }: { title: string; job: Schemas['Job'] | undefined }) {
  const t = useText();
  const share = job?.progress_total ? Math.min(job.progress / job.progress_total, 1) : null;
  return (
    <Stack gap={4} mb="sm">
      <Text size="sm" role="status">
        {title}
        {' · '}
        {share === null ? t('bulk.waiting') : t('bulk.progress', { share: percent(share) })}
      </Text>
      <Progress value={share === null ? 100 : share * 100} animated aria-label={title} />
    </Stack>
  );
}

/** What the server can take back as a whole. */
const UNDOABLE = ['add_tags', 'remove_tags', 'set_stage'];

function Undo({ begun, job }: { begun: Begun; job: Schemas['Job'] }) {
  const t = useText();
  const shared = useShared();
  const { keep } = useBegun();
  const [key] = useState(newKey);
  const undo = api.useMutation('post', '/api/contacts/bulk/{id}/undo', {
    onSuccess: (started) =>
      keep({ jobId: started.id, action: 'undo', what: titleOf(begun, t).toLocaleLowerCase() }),
  });
  if (!UNDOABLE.includes(begun.action) || !changedBy(job)) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={undo.isPending}
      onClick={() => undo.mutate({ params: { path: { id: begun.jobId }, header: idempotency(key) } })}
    >
      {shared('action.undo')}
    </Button>
  );
}

const ACTIONS = ['add_tags', 'remove_tags', 'set_stage', 'grant_consent', 'delete', 'undo'] as const;

function titleOf({ action, what }: Begun, t: ReturnType<typeof useText>): string {
  const known = ACTIONS.find((one) => one === action);
  return known ? t(`bulk_title.${known}`, { what }) : action;
}

function resultOf(job: Schemas['Job']) {
  const parsed = v.safeParse(result, job.result);
  return parsed.success ? parsed.output : null;
}

/** How many contacts the job changed. */
function changedBy(job: Schemas['Job']): number {
  return resultOf(job)?.changed ?? 0;
}

function figures(job: Schemas['Job'], action: string, t: ReturnType<typeof useText>): string {
  const found = resultOf(job);
  if (!found) return '';
  const { changed, unchanged, refused } = found;
  const words = action === 'delete' ? 'bulk.deleted' : 'bulk.changed';
  return [
    t(words, { count: changed, shown: count(changed) }),
    unchanged > 0 ? t('bulk.unchanged', { shown: count(unchanged) }) : null,
    refused > 0 ? t('bulk.refused', { shown: count(refused) }) : null,
  ]
    .filter(Boolean)
    .join(' · ');
}
