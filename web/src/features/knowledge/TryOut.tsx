import {
  Alert,
  Button,
  Group,
  List,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, http, idempotency, newKey, type Schemas } from '@/shared/api/client';
import { filled } from '@/shared/ui/forms';
import { words } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { useText } from './texts';

/** What the knowledge base makes of a person and of an objection, before anybody gets a message. */
export function TryOut() {
  return (
    <Stack gap="md">
      <Recommend />
      <Objection />
    </Stack>
  );
}

interface Person {
  profession?: string;
  interests?: string;
  goal?: string;
  age?: number;
}

function Recommend() {
  const t = useText();
  const [person, setPerson] = useState<Person | null>(null);
  const form = useForm({
    initialValues: { profession: '', interests: '', goal: '', age: '' as number | string },
  });
  const query = useQuery({
    queryKey: ['recommend', person],
    enabled: person !== null,
    queryFn: async () =>
      (await http.GET('/api/ai/recommend-product', { params: { query: person ?? {} } })).data ?? null,
  });
  const submit = form.onSubmit((values) =>
    setPerson({
      profession: filled(values.profession),
      interests: filled(values.interests),
      goal: filled(values.goal),
      age: values.age === '' ? undefined : Number(values.age),
    }),
  );
  return (
    <Panel title={t('recommend.title')}>
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} mb="sm">
          <TextInput label={t('recommend.profession')} {...form.getInputProps('profession')} />
          <TextInput label={t('recommend.interests')} {...form.getInputProps('interests')} />
          <TextInput label={t('recommend.goal')} {...form.getInputProps('goal')} />
          <NumberInput
            label={t('recommend.age')}
            min={0}
            max={130}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('age')}
          />
        </SimpleGrid>
        <Button type="submit" loading={query.isFetching}>
          {t('recommend.button')}
        </Button>
      </form>
      {query.error && <Refusal error={query.error} />}
      {query.data && !query.error && <Advice advice={query.data} />}
    </Panel>
  );
}

function Advice({ advice }: { advice: Schemas['RecommendAnswer'] }) {
  const t = useText();
  return (
    <Stack gap="xs" mt="md" role="status">
      <Text fw={600}>{advice.product.name}</Text>
      <List size="sm">
        {advice.reasons.map((reason) => (
          <List.Item key={reason}>{reason}</List.Item>
        ))}
      </List>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {advice.text}
      </Text>
      <Text size="sm" c="dimmed">
        {t('try.written_by', { provider: providerName(advice.provider, t) })}
      </Text>
    </Stack>
  );
}

function Objection() {
  const t = useText();
  const [text, setText] = useState('');
  const answer = api.useMutation('post', '/api/ai/handle-objection', { meta: { quiet: true } });
  const problem: unknown = answer.error;
  return (
    <Panel title={t('objection.title')}>
      <Stack gap="sm">
        <Textarea
          label={t('objection.text')}
          placeholder={t('objection.hint')}
          autosize
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group>
          <Button
            disabled={!text.trim()}
            loading={answer.isPending}
            onClick={() =>
              answer.mutate({ params: { header: idempotency(newKey()) }, body: { objection: text.trim() } })
            }
          >
            {t('objection.button')}
          </Button>
        </Group>
        {problem ? <Refusal error={problem} /> : null}
        {answer.data && (
          <div role="status">
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {answer.data.response}
            </Text>
            <Text size="sm" c="dimmed">
              {t('try.written_by', { provider: providerName(answer.data.provider, t) })}
            </Text>
          </div>
        )}
      </Stack>
    </Panel>
  );
}

function Refusal({ error }: { error: unknown }) {
  return (
    <Alert color="orange" variant="outline" role="alert" mt="sm">
      {words(error)}
    </Alert>
  );
}

/** Alfa's own engine has a name of its own; a provider has its brand. */
function providerName(provider: string, t: ReturnType<typeof useText>): string {
  return provider === 'offline' ? t('try.built_in') : provider;
}
