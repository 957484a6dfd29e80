import { SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useText } from '../texts';
import { isOvernight, type SlotValues } from './slot';

/** The day and the times of something; with `days` it may end on another day. */
export function SlotFields<T extends SlotValues>({
  form: typedForm,
  days = false,
}: {
  form: UseFormReturnType<T>;
  days?: boolean;
}) {
  const t = useText();
  const form = typedForm as unknown as UseFormReturnType<SlotValues>;
  return (
    <SimpleGrid cols={{ base: 1, xs: days ? 2 : 3 }} spacing="sm">
      <TextInput type="date" label={t('form.day')} required {...form.getInputProps('day')} />
      <TextInput type="time" step={300} label={t('form.from')} required {...form.getInputProps('from')} />
      {days && <TextInput type="date" label={t('form.to_day')} required {...form.getInputProps('to_day')} />}
      <TextInput
        type="time"
        step={300}
        label={t('form.to')}
        required
        description={isOvernight(form.values) ? t('form.next_day') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('to')}
      />
    </SimpleGrid>
  );
}
