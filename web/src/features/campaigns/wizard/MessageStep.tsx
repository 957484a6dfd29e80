import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useText } from '../texts';
import { FollowUps } from './FollowUps';
import { MAX_TEMPLATES } from './plan';
import { Samples } from './Samples';
import { TemplateInput } from './TemplateInput';
import type { PlanState } from './usePlan';

/** What is written: a text for each person, or own texts with placeholders; follow-ups; real drafts to look at. */
export function MessageStep({ state, showMissing }: { state: PlanState; showMissing: boolean }) {
  const t = useText();
  const { plan, change } = state;
  const own = plan.templates.length > 0;
  const put = (index: number, text: string) =>
    change({ templates: plan.templates.map((one, at) => (at === index ? text : one)) });
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('message.how')}
        value={own ? 'own' : 'written'}
        onChange={(value) => change({ templates: value === 'own' ? [''] : [] })}
        data={[
          { value: 'written', label: t('message.written') },
          { value: 'own', label: t('message.own') },
        ]}
      />
      <Text size="sm" c="dimmed">
        {own ? t('message.own_about') : t('message.written_about')}
      </Text>
      {plan.templates.map((text, index) => (
        <TemplateInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a variant is known by its number alone.
          key={index}
          label={plan.templates.length > 1 ? t('message.variant', { number: index + 1 }) : t('message.text')}
          value={text}
          onChange={(value) => put(index, value)}
          onRemove={
            plan.templates.length > 1
              ? () => change({ templates: plan.templates.toSpliced(index, 1) })
              : undefined
          }
          error={showMissing && text.trim() === '' ? t('message.missing') : undefined}
        />
      ))}
      {own && plan.templates.length < MAX_TEMPLATES && (
        <Button
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => change({ templates: [...plan.templates, ''] })}
        >
          {t('message.add_variant')}
        </Button>
      )}
      <FollowUps state={state} />
      <Samples plan={plan} />
    </Stack>
  );
}
