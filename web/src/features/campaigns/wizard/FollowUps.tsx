import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { NumberTyped } from '@/shared/ui/NumberTyped';
import { useText } from '../texts';
import { MAX_FOLLOW_UPS } from './plan';
import type { PlanState } from './usePlan';

const FIRST_AFTER_HOURS = 24;
/** 90 days. */
const MAX_HOURS = 2160;

/** What is written to whoever stays silent; an answer ends it. */
export function FollowUps({ state }: { state: PlanState }) {
  const t = useText();
  const { followUps } = state.plan;
  const put = (next: typeof followUps) => state.change({ followUps: next });
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('follow_up.title')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('follow_up.about')}
      </Text>
      {followUps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its number alone.
        <Group key={index} align="flex-end" gap="xs">
          <NumberTyped
            w={150}
            label={t('follow_up.after', { number: index + 1 })}
            min={1}
            max={MAX_HOURS}
            allowDecimal={false}
            value={step.after_hours}
            onChange={(after_hours) =>
              put(followUps.map((one, at) => (at === index ? { ...one, after_hours } : one)))
            }
          />
          <Textarea
            style={{ flex: '1 1 220px' }}
            label={t('follow_up.text', { number: index + 1 })}
            placeholder={t('follow_up.text_hint')}
            autosize
            maxLength={4096}
            value={step.text_template ?? ''}
            onChange={(event) => {
              const text = event.currentTarget.value;
              put(followUps.map((one, at) => (at === index ? { ...one, text_template: text || null } : one)));
            }}
          />
          <ActionIcon
            size={36}
            aria-label={t('follow_up.remove', { number: index + 1 })}
            onClick={() => put(followUps.toSpliced(index, 1))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {followUps.length < MAX_FOLLOW_UPS && (
        <Button
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...followUps, { after_hours: FIRST_AFTER_HOURS }])}
        >
          {t('follow_up.add')}
        </Button>
      )}
    </Stack>
  );
}
