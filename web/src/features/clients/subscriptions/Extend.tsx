import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '@/shared/api/client';
import { type Subscription, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { plusDays, shortDay } from '@/shared/crm/clock';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showRefusal } from '@/shared/ui/forms';
import { tellUndoable } from '@/shared/ui/notify';
import { useText } from '../texts';

/** How far the end is moved unless another day is chosen. */
const WEEK_DAYS = 7;

/** Moves the last day of a subscription, with a way back. */
export function Extend({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const { today } = useBusiness();
  const onSettled = useCrmRefresh();
  const { id, ends_on, starts_on } = subscription;
  const form = useForm({
    initialValues: { ends_on: plusDays(ends_on > today ? ends_on : today, WEEK_DAYS) },
    validate: { ends_on: (value) => (value ? null : t('subscription.day_needed')) },
  });
  const params = { path: { id } };
  const undo = api.useMutation('patch', '/api/subscriptions/{id}', { onSettled });
  const patch = api.useMutation('patch', '/api/subscriptions/{id}', {
    meta: { quiet: true },
    // Said here and not where it is asked for: the row may have left its list by then.
    onSuccess: (after) =>
      tellUndoable({
        message: t('done.extended', { day: shortDay(after.ends_on) }),
        undo: () => undo.mutate({ params, body: { ends_on } }),
      }),
    onSettled,
  });
  const submit = form.onSubmit((values) =>
    patch.mutate(
      { params, body: { ends_on: values.ends_on } },
      { onSuccess: onClose, onError: (error) => showRefusal(form, error) },
    ),
  );
  return (
    <Dialog opened onClose={onClose} title={t('subscription.extend')} fullScreen={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('subscription.extend_about', { day: shortDay(ends_on) })}
          </Text>
          <TextInput
            type="date"
            label={t('subscription.to')}
            required
            min={starts_on}
            data-autofocus
            {...form.getInputProps('ends_on')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={patch.isPending}>
              {t('subscription.extend')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
