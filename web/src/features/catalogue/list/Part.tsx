import { Button, Group, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { FileMenu } from '@/shared/crm/FileMenu';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/states';
import { route } from '../search';
import { useText } from '../texts';
import { Named } from './Named';
import type { usePart } from './usePart';

/** What every row of the catalogue has. */
interface Row {
  id: number;
  name: string;
  active: boolean;
}

type TableProps<T extends Row> = ComponentProps<typeof DataTable<T>>;

interface Props<T extends Row> extends Pick<TableProps<T>, 'query' | 'columns' | 'card'> {
  part: ReturnType<typeof usePart<T>>;
  table: ComponentProps<typeof FileMenu>['table'];
  /** The word on the button that adds one. */
  add: string;
  icon: ComponentProps<typeof Empty>['icon'];
  emptyTitle: string;
  emptyAbout: ReactNode;
  /** Above the names. */
  nameTitle: string;
}

/** A list of the catalogue with what is done to it. */
export function Part<T extends Row>(props: Props<T>) {
  const t = useText();
  const { part, table, add, icon, emptyTitle, emptyAbout, nameTitle, columns, query, card } = props;
  const { all } = route.useSearch();
  const navigate = route.useNavigate();
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => part.setOpen('new')}>
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
        query={query}
        paging={part.paging}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        onOpen={part.setOpen}
        columns={[
          {
            accessor: 'name',
            title: nameTitle,
            sortable: true,
            render: (row) => <Named name={row.name} active={row.active} onOpen={() => part.setOpen(row)} />,
          },
          ...columns,
        ]}
        card={card}
        empty={
          <Empty icon={icon} title={emptyTitle} action={button}>
            {emptyAbout}
          </Empty>
        }
      />
    </>
  );
}
