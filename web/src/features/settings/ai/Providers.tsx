import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { count, duration, fromNow, moment } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';

type Provider = Schemas['ProviderAnswer'];

const COLORS: Record<string, string> = {
  closed: 'teal',
  open: 'orange',
  half_open: 'yellow',
  disabled: 'red',
  not_configured: 'gray',
};
/** States change by themselves (a limit is over); an open page sees it. */
const POLL_MS = 15_000;

/** Who writes and answers: each provider's state, why it is so, and what to do. */
export function Providers() {
  const t = useText();
  const providers = api.useQuery('get', '/api/ai/providers', {}, { refetchInterval: POLL_MS });
  return (
    <Loaded query={providers} rows={4}>
      {({ outreach, assistant, items }) => (
        <Stack gap="md">
          <Chain name={t('ai.outreach')} chain={outreach} items={items} />
          <Chain name={t('ai.assistant')} chain={assistant} items={items} />
          {items.map((provider) => (
            <ProviderPanel key={provider.name} provider={provider} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

interface ChainProps {
  name: string;
  chain: Schemas['ChainAnswer'];
  items: Provider[];
}

function Chain({ name, chain, items }: ChainProps) {
  const t = useText();
  const title = (one: string) =>
    one === 'offline' ? t('ai.offline') : (items.find((item) => item.name === one)?.title ?? one);
  return (
    <Alert
      color={chain.degraded ? 'orange' : 'blue'}
      variant="outline"
      bg="var(--alfa-panel)"
      // Orange and blue titles fail AA on white.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      icon={<IconInfoCircle aria-hidden />}
      title={name}
    >
      <Text size="sm">{chain.message}</Text>
      <Text size="sm" c="dimmed">
        {t('ai.order', { order: chain.order.map(title).join(' → ') })}
      </Text>
    </Alert>
  );
}

function ProviderPanel({ provider }: { provider: Provider }) {
  const t = useText();
  return (
    <Panel
      title={
        <Group gap="sm">
          {provider.title}
          <Badge variant="default" tt="none" color={COLORS[provider.state] ?? 'gray'}>
            {stateWord(provider.state, t)}
          </Badge>
        </Group>
      }
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{provider.message}</Text>
        {provider.until && (
          <Text size="sm">
            {t('ai.until', { at: moment(provider.until), left: fromNow(provider.until) })}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {provider.host
            ? t('ai.where', { model: provider.model, host: provider.host })
            : t('ai.model', { model: provider.model })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('ai.sees', { what: provider.sees.map((one) => seesWord(one, t)).join(', ') })}
        </Text>
        {provider.last_success_at && (
          <Text size="sm" c="dimmed">
            {t('ai.used', {
              at: moment(provider.last_success_at),
              tokens: count(provider.prompt_tokens + provider.completion_tokens),
            })}
          </Text>
        )}
        {provider.configured && <Test name={provider.name} />}
      </Stack>
    </Panel>
  );
}

type T = ReturnType<typeof useText>;

function stateWord(state: string, t: T): string {
  return state in COLORS ? t(`ai_state.${state as 'open'}`) : state;
}

const SEEN = ['public', 'profile', 'dialog'];

function seesWord(what: string, t: T): string {
  return SEEN.includes(what) ? t(`ai_sees.${what as 'public'}`) : what;
}

function Test({ name }: { name: string }) {
  const t = useText();
  const client = useQueryClient();
  const test = api.useMutation('post', '/api/ai/providers/{name}/test', {
    onSettled: () => refresh(client, '/api/ai/providers'),
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={test.isPending}
        onClick={() => test.mutate({ params: { path: { name }, header: idempotency(newKey()) } })}
      >
        {t('ai.test')}
      </Button>
      {test.data && (
        <Text size="sm" role="status" c={test.data.ok ? undefined : 'var(--mantine-color-error)'}>
          {test.data.message}
          {test.data.ok && test.data.latency_ms
            ? ` ${t('ai.took', { time: duration(test.data.latency_ms / 1000) })}`
            : ''}
        </Text>
      )}
    </>
  );
}
