import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '@/shared/api/client';
import { type Subscription, useBusiness, useCrmRefresh } from '@/shared/crm/business';
import { plusDays } from '@/shared/crm/clock';
import { useText as useShared } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { filled, showRefusal } from '@/shared/ui/forms';
import { tell } from '@/shared/ui/notify';
import { useText } from '../texts';

const WEEK_DAYS = 7;

/** Freezes a subscription for some days; its end moves by as many. */
export function Freeze({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const t = useText();
  const shared = useShared();
  const { today } = useBusiness();
  const onSettled = useCrmRefresh();
  const start = subscription.starts_on > today ? subscription.starts_on : today;
  const form = useForm({
    initialValues: { from: start, to: plusDays(start, WEEK_DAYS - 1), reason: '' },
  });
  const freeze = api.useMutation('post', '/api/subscriptions/{id}/freeze', {
    meta: { quiet: true },
    // Said here and not where it is asked for: the row may have left its list by then.
    onSuccess: () => tell(t('done.frozen')),
    onSettled,
  });
  const submit = form.onSubmit((values) =>
    freeze.mutate(
      {
        params: { path: { id: subscription.id } },
        body: { from: values.from, to: values.to, reason: filled(values.reason) },
      },
      {
        onSuccess: onClose,
        onError: (error) => showRefusal(form, error),
      },
    ),
  );
  return (
    <Dialog opened onClose={onClose} title={t('subscription.freeze')} fullScreen={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('subscription.freeze_about')}
          </Text>
          <SimpleGrid cols={2}>
            <TextInput
              type="date"
              label={t('subscription.from')}
              required
              data-autofocus
              {...form.getInputProps('from')}
            />
            <TextInput type="date" label={t('subscription.to')} required {...form.getInputProps('to')} />
          </SimpleGrid>
          <TextInput label={t('subscription.reason')} maxLength={255} {...form.getInputProps('reason')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('action.cancel')}
            </Button>
            <Button type="submit" loading={freeze.isPending}>
              {t('subscription.freeze')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
