import { Select, type SelectProps } from '@mantine/core';
import { useDirections } from './business';
import { useText } from './texts';

/** One of the business's directions, or none. */
export function DirectionSelect(props: Omit<SelectProps, 'data'>) {
  const t = useText();
  const { items } = useDirections();
  return (
    <Select
      label={t('direction.label')}
      placeholder={t('direction.none')}
      clearable
      clearButtonProps={{ 'aria-label': t('direction.clear') }}
      data={items.map(({ code, name }) => ({ value: code, label: name }))}
      {...props}
    />
  );
}
