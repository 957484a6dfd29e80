import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { tellUndoable } from '@/shared/ui/notify';
import { narrowedBy, useFilter } from '../search';
import { useText } from '../texts';
import { type SavedFilter, useSavedFilters } from './savedFilters';

/** The filters that the person keeps, each a press away, and the keeping of the present one. */
export function SavedFilters() {
  const t = useText();
  const { filter, replace } = useFilter();
  const { filters, save, remove, restore } = useSavedFilters();
  const forget = (one: SavedFilter) => {
    const before = filters;
    remove(one.name);
    tellUndoable({ message: t('saved.removed', { name: one.name }), undo: () => restore(before) });
  };
  if (filters.length === 0 && narrowedBy(filter) === 0) return null;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={t('saved.title')}>
      {filters.map((one) => (
        <Button.Group key={one.name}>
          <Button
            size="compact-sm"
            variant={same(one, filter) ? 'light' : 'default'}
            aria-pressed={same(one, filter)}
            onClick={() => replace(one.filter)}
          >
            {one.name}
          </Button>
          <ActionIcon
            size={26}
            variant="default"
            aria-label={t('saved.remove', { name: one.name })}
            onClick={() => forget(one)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </Button.Group>
      ))}
      {narrowedBy(filter) > 0 && <SaveAs onSave={(name) => save(name, filter)} />}
    </Group>
  );
}

function same(one: SavedFilter, filter: object): boolean {
  const sorted = (value: object) =>
    JSON.stringify(
      Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .sort(),
    );
  return sorted(one.filter) === sorted(filter);
}

function SaveAs({ onSave }: { onSave: (name: string) => void }) {
  const t = useText();
  const shared = useShared();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    onSave(name.trim());
    setName('');
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t('saved.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('saved.name')}
              value={name}
              maxLength={40}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit">{shared('action.save')}</Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
