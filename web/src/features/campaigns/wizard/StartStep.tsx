import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { api, idempotency, newKey } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useProducts } from '@/shared/api/products';
import { count, moment } from '@/shared/format';
import { tell, words } from '@/shared/ui/notify';
import { useOnce } from '@/shared/ui/useOnce';
import { useText } from '../texts';
import { toInput } from './plan';
import { useAudience } from './useAudience';
import type { PlanState } from './usePlan';

/** What will happen in a few lines, who lets the messages out, and the start. */
export function StartStep({ state }: { state: PlanState }) {
  const t = useText();
  const { plan, change } = state;
  const carryOut = useCarryOut(state);
  return (
    <Stack>
      <Summary state={state} />
      <Radio.Group
        label={t('start.approval')}
        value={plan.approval}
        onChange={(value) => change({ approval: value === 'manual' ? 'manual' : 'auto' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="manual" label={t('start.manual')} description={t('start.manual_hint')} />
          <Radio value="auto" label={t('start.auto')} description={t('start.auto_hint')} />
        </Stack>
      </Radio.Group>
      {carryOut.error && (
        <Alert color="red" role="alert">
          {words(carryOut.error)}
        </Alert>
      )}
      <Group>
        <Button
          size="md"
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={carryOut.busy}
          onClick={() => carryOut.run(true)}
        >
          {plan.scheduledAt
            ? t('start.schedule')
            : plan.approval === 'manual'
              ? t('start.write_drafts')
              : t('start.start')}
        </Button>
        {!plan.scheduledAt && (
          <Button size="md" variant="default" loading={carryOut.busy} onClick={() => carryOut.run(false)}>
            {t('start.keep')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Summary({ state }: { state: PlanState }) {
  const t = useText();
  const { plan } = state;
  const audience = useAudience(plan);
  const products = useProducts();
  const product = products.data?.find((one) => one.id === plan.productId);
  const lines = [
    t('summary.what', { name: plan.name, product: product?.name ?? '' }),
    audience.data
      ? t('summary.people', { count: audience.data.sendable, shown: count(audience.data.sendable) })
      : null,
    plan.templates.length > 0 ? t('summary.own', { count: plan.templates.length }) : t('summary.written'),
    plan.followUps.length > 0 ? t('summary.follow_ups', { count: plan.followUps.length }) : null,
    plan.scheduledAt ? t('summary.scheduled', { at: moment(plan.scheduledAt) }) : t('summary.at_once'),
  ].filter((line) => line !== null);
  return (
    <Stack gap={4}>
      {lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
    </Stack>
  );
}

/** Makes the campaign and, when asked, starts it; a second click or a try after a failure makes no second one. */
function useCarryOut(state: PlanState) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const keys = useRef({ body: '', create: newKey(), start: newKey() });
  const create = api.useMutation('post', '/api/campaigns/create', { meta: { quiet: true } });
  const start = api.useMutation('post', '/api/campaigns/{id}/initiate-dialogs', { meta: { quiet: true } });
  const run = async (begin: boolean) => {
    const input = toInput(state.plan);
    const body = JSON.stringify(input);
    if (keys.current.body !== body) keys.current = { body, create: newKey(), start: newKey() };
    const { id } = await create.mutateAsync({
      params: { header: idempotency(keys.current.create) },
      body: input,
    });
    if (begin && !state.plan.scheduledAt) {
      await start.mutateAsync({
        params: { path: { id }, header: idempotency(keys.current.start) },
        body: { batch_size: state.plan.batchSize, delay_between_messages: state.plan.delaySeconds },
      });
    }
    const manual = begin && state.plan.approval === 'manual' && !state.plan.scheduledAt;
    await navigate({ to: '/campaigns/$id', params: { id }, search: manual ? { part: 'drafts' } : {} });
    state.done();
    tell(begin ? t('done.started') : t('done.created'));
    await refresh(client, '/api/campaigns*');
  };
  const once = useOnce();
  const runOnce = async (begin: boolean) => {
    if (once.begin()) await run(begin).finally(once.end);
  };
  return {
    // A failure is shown above the button.
    run: (begin: boolean) => void runOnce(begin).catch(() => {}),
    busy: create.isPending || start.isPending,
    error: create.error ?? start.error,
  };
}
