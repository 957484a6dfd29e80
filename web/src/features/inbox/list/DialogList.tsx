import { Box, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useText as useShared } from '@/shared/i18n';
import { useKeys } from '@/shared/ui/keys';
import { Empty, Loaded } from '@/shared/ui/states';
import type { Dialog } from '../data/merge';
import { useDialogs } from '../data/useDialogs';
import classes from '../inbox.module.css';
import { useInbox } from '../search';
import { useText } from '../texts';
import { DialogRow } from './DialogRow';
import { ListTabs } from './ListTabs';
import { NothingYet } from './NothingYet';

const ROW_PX = 72;
/** The next page is asked for when so many rows are left. */
const AHEAD_ROWS = 30;
const TYPING_MS = 250;

/** The dialogs of a tab: found by name, scrolled by the ten thousand, walked by keys. */
export function DialogList() {
  const t = useText();
  const { tab, search } = useInbox();
  const { dialogs } = useDialogs(tab, search);
  const items = dialogs.data?.pages.flatMap((page) => page.items) ?? [];
  useWalkingKeys(items);
  const nothing = search ? (
    <Empty icon={IconSearch} title={t('list.not_found')} />
  ) : tab && tab !== 'all' ? (
    <Empty icon={IconInbox} title={t('list.empty_tab')} />
  ) : (
    <NothingYet />
  );
  return (
    <Box component="section" aria-label={t('title')} className={classes.list}>
      <Search />
      <ListTabs />
      <Loaded query={dialogs}>
        {() =>
          items.length === 0 ? (
            nothing
          ) : (
            <Rows
              items={items}
              more={
                dialogs.hasNextPage && !dialogs.isFetchingNextPage ? () => void dialogs.fetchNextPage() : null
              }
            />
          )
        }
      </Loaded>
    </Box>
  );
}

function Rows({ items, more }: { items: Dialog[]; more: (() => void) | null }) {
  const { contact } = useInbox();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.contact_id ?? index,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= items.length - AHEAD_ROWS) more();
  }, [more, last, items.length]);
  return (
    <Box ref={scroller} className={classes.rows}>
      <Box
        component="ul"
        p={0}
        m={0}
        style={{ height: rows.getTotalSize(), position: 'relative', listStyle: 'none' }}
      >
        {shown.map((row) => {
          const dialog = items[row.index];
          return (
            dialog && (
              <DialogRow
                key={row.key}
                dialog={dialog}
                top={row.start}
                current={dialog.contact_id === contact}
              />
            )
          );
        })}
      </Box>
    </Box>
  );
}

function Search() {
  const t = useText();
  const shared = useShared();
  const { search, show } = useInbox();
  const [value, setValue] = useState(search ?? '');
  const find = useDebouncedCallback(
    (text: string) => show({ search: text.trim() || undefined }, true),
    TYPING_MS,
  );
  const change = (text: string) => {
    setValue(text);
    find(text);
  };
  return (
    <Box p="sm" pb={0}>
      <TextInput
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          value && <CloseButton size="sm" aria-label={shared('action.clear')} onClick={() => change('')} />
        }
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </Box>
  );
}

function useWalkingKeys(items: Dialog[]) {
  const t = useText();
  const { contact, show } = useInbox();
  const step = (by: number) => {
    const at = items.findIndex((one) => one.contact_id === contact);
    const next = items[at < 0 ? 0 : at + by];
    if (next) show({ contact: next.contact_id });
  };
  useKeys([
    { press: 'Alt+J', label: t('keys.next'), typing: true, run: () => step(1) },
    { press: 'Alt+K', label: t('keys.previous'), typing: true, run: () => step(-1) },
  ]);
}
