import { Button, Collapse, Group } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n';
import { usePhone } from './usePhone';

interface Props {
  /** The search, which is always shown. */
  search?: ReactNode;
  /** The other filters; a phone folds them away. */
  children: ReactNode;
  /** How many filters narrow the list. */
  narrowed: number;
  onClear: () => void;
}

/** Search and filters above a list. */
export function FilterBar({ search, children, narrowed, onClear }: Props) {
  const t = useText();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Group gap="xs" mb="sm" align="flex-end">
        {search}
        {phone ? (
          <Button
            variant="default"
            leftSection={<IconFilter size={16} aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {narrowed > 0 ? t('filters.on', { count: narrowed }) : t('filters.button')}
          </Button>
        ) : (
          children
        )}
        {narrowed > 0 && (
          <Button variant="subtle" color="gray" onClick={onClear}>
            {t('action.clear')}
          </Button>
        )}
      </Group>
      {phone && (
        <Collapse expanded={open} mb="sm">
          <Group gap="xs" align="flex-end">
            {children}
          </Group>
        </Collapse>
      )}
    </>
  );
}
