import { Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useBusiness } from '@/shared/crm/business';
import { count, duration, moment } from '@/shared/format';
import { NumberTyped } from '@/shared/ui/NumberTyped';
import { Loaded } from '@/shared/ui/states';
import { useText } from '../texts';
import { inAnHour, timeTyped, typedTime } from './startTime';
import { useForecast } from './useAudience';
import type { PlanState } from './usePlan';

const MAX_BATCH = 100;
const MIN_DELAY_SECONDS = 2;
const MAX_DELAY_SECONDS = 3600;

/** How fast, from when, and when it will be over. */
export function PaceStep({ state }: { state: PlanState }) {
  const t = useText();
  const { plan, change } = state;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('pace.about')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberTyped
          label={t('pace.batch')}
          description={t('pace.batch_hint')}
          min={1}
          max={MAX_BATCH}
          allowDecimal={false}
          value={plan.batchSize}
          onChange={(batchSize) => change({ batchSize })}
        />
        <NumberTyped
          label={t('pace.delay')}
          description={t('pace.delay_hint')}
          placeholder={t('pace.delay_auto')}
          min={MIN_DELAY_SECONDS}
          max={MAX_DELAY_SECONDS}
          value={plan.delaySeconds}
          onChange={(delaySeconds) => change({ delaySeconds })}
          onEmpty={() => change({ delaySeconds: null })}
        />
      </SimpleGrid>
      <Start state={state} />
      <Forecast state={state} />
    </Stack>
  );
}

function Start({ state }: { state: PlanState }) {
  const t = useText();
  const { plan, change } = state;
  const { zone } = useBusiness();
  return (
    <>
      <Checkbox
        label={t('pace.later')}
        checked={plan.scheduledAt !== null}
        onChange={(event) => change({ scheduledAt: event.currentTarget.checked ? inAnHour(zone) : null })}
      />
      {plan.scheduledAt && (
        <TextInput
          type="datetime-local"
          label={t('pace.start_at')}
          w={260}
          value={typedTime(plan.scheduledAt, zone)}
          onChange={(event) => {
            const at = timeTyped(event.currentTarget.value, zone);
            if (at) change({ scheduledAt: at });
          }}
        />
      )}
    </>
  );
}

function Forecast({ state }: { state: PlanState }) {
  const t = useText();
  const forecast = useForecast(state.plan);
  return (
    <Loaded query={forecast} rows={1}>
      {({ sendable, starts_at, expected_finish_at, per_day, limited_by }) => (
        <Stack gap={4} aria-live="polite">
          <Text fw={650}>
            {expected_finish_at
              ? t('pace.finish', {
                  count: sendable,
                  shown: count(sendable),
                  at: moment(expected_finish_at),
                  takes: duration((Date.parse(expected_finish_at) - Date.parse(starts_at)) / 1000),
                })
              : t('pace.nobody')}
          </Text>
          {limits(limited_by).map((limit) => (
            <Text key={limit} size="sm" c="dimmed">
              {t(`limit.${limit}`)}
            </Text>
          ))}
          {per_day.length > 1 && (
            <Text size="sm" c="dimmed">
              {t('pace.days', {
                count: per_day.length,
                shown: count(per_day.length),
                first: count(per_day[0]?.count ?? 0),
              })}
            </Text>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

const LIMITS = ['no_account', 'daily_budget', 'quiet_hours', 'other_campaigns'] as const;

/** What makes the forecast longer and is worth a word; that messages are paced was said above. */
function limits(names: readonly string[]) {
  return LIMITS.filter((one) => names.includes(one));
}
