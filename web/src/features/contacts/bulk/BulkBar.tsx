import { Button, Menu } from '@mantine/core';
import {
  IconArrowMoveRight,
  IconCircleCheck,
  IconDots,
  IconDownload,
  IconSend,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { keepChosen } from '@/shared/contact/chosen';
import { ButtonLink } from '@/shared/ui/links';
import type { Selection } from '@/shared/ui/useSelection';
import { exportAddress, exportOf, type Filter, forApi, MOST_IDS } from '../search';
import { useText } from '../texts';
import { DeleteMany } from './DeleteMany';
import { GrantMany } from './GrantMany';
import { StageOfMany } from './StageOfMany';
import { TagsOfMany } from './TagsOfMany';
import type { Who } from './useBulk';

const WINDOWS = { tags: TagsOfMany, stage: StageOfMany, consent: GrantMany, delete: DeleteMany };

interface Props {
  selection: Selection;
  filter: Filter;
  /** Contacts that the filter finds. */
  total: number;
}

/** What can be done with the chosen contacts at once. All that are found are named by the filter, not one by one. */
export function BulkBar({ selection, filter, total }: Props) {
  const t = useText();
  const [open, setOpen] = useState<keyof typeof WINDOWS | null>(null);
  const Window = open && WINDOWS[open];
  const who: Who = selection.all ? { filter: forApi(filter) } : { contact_ids: selection.ids };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTag size={15} aria-hidden />}
        onClick={() => setOpen('tags')}
      >
        {t('bulk.tags')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowMoveRight size={15} aria-hidden />}
        onClick={() => setOpen('stage')}
      >
        {t('bulk.stage')}
      </Button>
      <ToCampaign selection={selection} filter={filter} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconDots size={15} aria-hidden />}>
            {t('bulk.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCircleCheck size={16} aria-hidden />}
            onClick={() => setOpen('consent')}
          >
            {t('bulk.consent')}
          </Menu.Item>
          {(selection.all || selection.ids.length <= MOST_IDS) && (
            <Menu.Item
              component="a"
              href={selection.all ? exportAddress(filter) : exportOf(selection.ids)}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Menu.Item>
          )}
          <Menu.Item
            c="red.8"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setOpen('delete')}
          >
            {t('bulk.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {Window && (
        <Window
          who={who}
          count={selection.all ? total : selection.size}
          onDone={selection.clear}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** A new campaign for them: by the filter, which the address can hold, or by the list that this browser keeps. */
function ToCampaign({ selection, filter }: { selection: Selection; filter: Filter }) {
  const t = useText();
  return (
    <ButtonLink
      to="/campaigns/new"
      search={selection.all ? { segment: forApi(filter) } : { chosen: true }}
      onClick={() => !selection.all && keepChosen(selection.ids)}
      size="compact-sm"
      variant="default"
      leftSection={<IconSend size={15} aria-hidden />}
    >
      {t('bulk.campaign')}
    </ButtonLink>
  );
}
