import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { newKey } from '@/shared/api/client';
import { usePhone } from '@/shared/ui/usePhone';
import { useText } from '../texts';
import { type TypedHours, weekdayName } from './hours';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

interface Props {
  value: TypedHours[];
  error?: ReactNode;
  onChange: (hours: TypedHours[]) => void;
}

/** Working hours: a line for each stretch of a weekday. */
export function Hours({ value, error, onChange }: Props) {
  const t = useText();
  const phone = usePhone();
  const put = (key: string, change: Partial<TypedHours>) =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const last = value[value.length - 1];
  const add = () =>
    onChange([
      ...value,
      {
        key: newKey(),
        weekday: String(Math.min(Number(last?.weekday ?? 0) + 1, 7)),
        from: last?.from ?? '09:00',
        to: last?.to ?? '18:00',
      },
    ]);
  return (
    <Stack gap={6} role="group" aria-label={t('staff.hours')}>
      <Text size="sm" fw={500}>
        {t('staff.hours')}
      </Text>
      {value.map((one) => (
        <Group key={one.key} gap={6} wrap="nowrap">
          <Select
            // Two times and their buttons leave a phone little room.
            {...(phone ? { w: 62, rightSection: null, rightSectionWidth: 8 } : { flex: 1 })}
            aria-label={t('staff.weekday')}
            allowDeselect={false}
            data={WEEKDAYS.map((day) => ({
              value: String(day),
              label: weekdayName(day, phone ? 'short' : 'long'),
            }))}
            value={one.weekday}
            onChange={(weekday) => weekday && put(one.key, { weekday })}
          />
          <TextInput
            type="time"
            aria-label={t('staff.from')}
            value={one.from}
            onChange={(event) => put(one.key, { from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            aria-label={t('staff.to')}
            value={one.to}
            onChange={(event) => put(one.key, { to: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={t('staff.remove_hours', { day: weekdayName(Number(one.weekday)) })}
            onClick={() => onChange(value.filter((other) => other.key !== one.key))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <Group>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('staff.add_hours')}
        </Button>
      </Group>
    </Stack>
  );
}
