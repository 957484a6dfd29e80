import { ActionIcon, Button, Group, SegmentedControl, Select, TextInput, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { choices } from '@/shared/crm/business';
import { dayWords, plusDays, spanWords } from '@/shared/crm/clock';
import { FileMenu } from '@/shared/crm/FileMenu';
import { useKeys } from '@/shared/ui/keys';
import { usePhone } from '@/shared/ui/usePhone';
import type { Schedule } from './data/useSchedule';
import { type By, KINDS, useWhere, VIEWS } from './search';
import { useText } from './texts';

/** Which days and whose schedule is shown. */
export function Toolbar({ schedule }: { schedule: Schedule }) {
  const t = useText();
  const where = useWhere();
  const phone = usePhone();
  const { view, by, day, days, only } = schedule;
  const go = (steps: number) => where.go({ day: plusDays(day, steps * (view === 'week' ? 7 : 1)) });
  useKeys([
    { press: 'ArrowLeft', label: t(`previous.${view}`), run: () => go(-1) },
    { press: 'ArrowRight', label: t(`next.${view}`), run: () => go(1) },
    { press: 't', label: t('today'), run: () => where.go({ day: undefined }) },
  ]);
  const rows = by === 'staff' ? schedule.staff.data?.items : schedule.places.data?.items;
  return (
    <Group gap="xs" mb="sm" align="flex-end">
      <Group gap={4} wrap="nowrap">
        <ActionIcon size={36} variant="default" aria-label={t(`previous.${view}`)} onClick={() => go(-1)}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Button variant="default" onClick={() => where.go({ day: undefined })}>
          {t('today')}
        </Button>
        <ActionIcon size={36} variant="default" aria-label={t(`next.${view}`)} onClick={() => go(1)}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <TextInput
        type="date"
        aria-label={t('form.day')}
        value={day}
        onChange={(event) => event.currentTarget.value && where.go({ day: event.currentTarget.value })}
      />
      <Title order={2} size="h4" style={{ flex: '1 1 auto', alignSelf: 'center' }}>
        {titleOf(days)}
      </Title>
      {!phone && (
        <SegmentedControl
          aria-label={t('view.label')}
          value={view}
          onChange={(value) => where.go({ view: value as (typeof VIEWS)[number] })}
          data={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
      )}
      <SegmentedControl
        aria-label={t('by.label')}
        value={by}
        onChange={(value) => where.go({ by: value as By, only: undefined })}
        data={KINDS.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <Select
        aria-label={t(`only.${by}`)}
        placeholder={t(`only.${by}`)}
        w={190}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('only.clear') }}
        data={choices(rows)}
        value={only ? String(only) : null}
        onChange={(value) => where.go({ only: value ? Number(value) : undefined })}
      />
      <FileMenu
        table="schedule/sessions"
        filter={{
          from_day: days[0],
          to_day: days[days.length - 1],
          ...(only && { [`${by}_id`]: only }),
        }}
      />
    </Group>
  );
}

function titleOf(days: string[]): string {
  const [first, last] = [days[0] ?? '', days[days.length - 1] ?? ''];
  if (first === last)
    return dayWords(first, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return spanWords(first, last);
}
