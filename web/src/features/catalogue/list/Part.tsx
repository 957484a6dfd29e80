import { Button, Group, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { FileMenu } from '@/shared/crm/FileMenu';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/states';
import { route } from '../search';
import { useText } from '../texts';

type TableProps<T extends object> = ComponentProps<typeof DataTable<T>>;

interface Props<T extends object> extends Omit<TableProps<T>, 'empty'> {
  table: ComponentProps<typeof FileMenu>['table'];
  /** The word on the button that adds one. */
  add: string;
  onAdd: () => void;
  icon: ComponentProps<typeof Empty>['icon'];
  emptyTitle: string;
  emptyAbout: ReactNode;
}

/** A list of the catalogue with what is done to it. */
export function Part<T extends object>(props: Props<T>) {
  const t = useText();
  const { table, add, onAdd, icon, emptyTitle, emptyAbout, ...list } = props;
  const { all } = route.useSearch();
  const navigate = route.useNavigate();
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
      {add}
    </Button>
  );
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Switch
          label={t('all')}
          checked={all === true}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            void navigate({ search: (before) => ({ ...before, all: checked || undefined }), replace: true });
          }}
        />
        <Group gap="xs">
          <FileMenu table={table} filter={all ? {} : { active: true }} />
          {button}
        </Group>
      </Group>
      <DataTable<T>
        {...list}
        empty={
          <Empty icon={icon} title={emptyTitle} action={button}>
            {emptyAbout}
          </Empty>
        }
      />
    </>
  );
}
