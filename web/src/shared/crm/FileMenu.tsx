import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { TableName } from './ImportTable';
import { useText } from './texts';

const ImportTable = lazy(() => import('./ImportTable'));

/** Downloads a list as a file, with its filters, and takes one in. */
export function FileMenu({ table, filter }: { table: TableName; filter: object }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const address = (format: string) => {
    const query = new URLSearchParams({ format });
    for (const [name, value] of Object.entries(filter))
      if (value !== undefined && value !== '') query.set(name, String(value));
    return `/api/${table}/export?${query}`;
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('file.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['csv', 'xlsx'] as const).map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={address(format)}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t(`file.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconUpload size={16} aria-hidden />} onClick={() => setOpen(true)}>
            {t('file.import')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open && <ImportTable table={table} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
