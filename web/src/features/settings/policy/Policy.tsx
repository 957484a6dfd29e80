import {
  Button,
  Fieldset,
  Group,
  NumberInput,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { refresh } from '@/shared/api/keys';
import { useText as useShared } from '@/shared/i18n';
import { showRefusal } from '@/shared/ui/forms';
import { tellUndoable } from '@/shared/ui/notify';
import { Panel } from '@/shared/ui/Panel';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { changeOf, missingEnd, type NUMBERS, type Policy as Rules, valuesOf } from './policyValues';

/** How much, when and with whose word campaigns write. */
export function Policy() {
  const policy = api.useQuery('get', '/api/policy');
  return (
    <Loaded query={policy} rows={6}>
      {(rules) => <Form key={JSON.stringify(rules)} rules={rules} />}
    </Loaded>
  );
}

function useChange() {
  const client = useQueryClient();
  return api.useMutation('patch', '/api/policy', {
    meta: { quiet: true },
    // Not waited for: the form is made anew of what comes, and would not hear how its own request went.
    onSettled: () => void refresh(client, '/api/policy', '/api/system'),
  });
}

function Form({ rules }: { rules: Rules }) {
  const t = useText();
  const shared = useShared();
  const before = valuesOf(rules);
  const needed = (end: 'quiet_from' | 'quiet_to') => (_value: string, values: typeof before) =>
    missingEnd(values) === end ? t('policy.quiet_needed') : null;
  const form = useForm({
    initialValues: before,
    validate: { quiet_from: needed('quiet_from'), quiet_to: needed('quiet_to') },
  });
  const patch = useChange();
  const undo = useChange();
  const submit = form.onSubmit((after) => {
    patch.mutate(
      { body: changeOf(before, after) },
      {
        onSuccess: () =>
          tellUndoable({
            message: t('policy.saved'),
            undo: () => undo.mutate({ body: changeOf(after, before) }),
          }),
        onError: (error) => showRefusal(form, error),
      },
    );
  });
  const source = (field: keyof Rules['source']) => {
    const from = rules.source[field];
    return from === 'environment' || from === 'set' ? ` · ${t(`policy.${from}`)}` : '';
  };
  const number = (field: (typeof NUMBERS)[number], about?: string, fractions = false) => (
    <NumberInput
      label={t(`policy.${field}`)}
      description={`${about ?? ''}${source(field)}`.replace(/^ · /, '') || undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={0}
      allowDecimal={fractions}
      allowedDecimalSeparators={[',', '.']}
      hideControls
      {...form.getInputProps(field)}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <Panel>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('policy.about')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {number('daily_new_dialogs', t('policy.daily_new_dialogs_about'))}
            {number('recently_contacted_hours', t('policy.recently_contacted_hours_about'))}
            {number('pause_seconds_min', t('policy.pause_about'), true)}
            {number('pause_seconds_max', undefined, true)}
            {number('settle_seconds', t('policy.settle_seconds_about'), true)}
            {number('max_unanswered', t('policy.max_unanswered_about'))}
          </SimpleGrid>
          <Fieldset legend={`${t('policy.quiet')}${source('quiet_from')}`} p="sm">
            <SimpleGrid cols={2} maw={320}>
              <TextInput type="time" label={t('policy.quiet_from')} {...form.getInputProps('quiet_from')} />
              <TextInput type="time" label={t('policy.quiet_to')} {...form.getInputProps('quiet_to')} />
            </SimpleGrid>
            <Text size="xs" c="dimmed" mt="xs">
              {t('policy.quiet_about')}
            </Text>
          </Fieldset>
          <Radio.Group
            label={`${t('policy.approval')}${source('approval')}`}
            description={t('policy.approval_about')}
            {...form.getInputProps('approval')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="manual" label={t('policy.approval_manual')} />
              <Radio value="auto" label={t('policy.approval_auto')} />
            </Stack>
          </Radio.Group>
          <Group>
            <Button type="submit" loading={patch.isPending} disabled={!form.isDirty()}>
              {shared('action.save')}
            </Button>
          </Group>
        </Stack>
      </Panel>
    </form>
  );
}
