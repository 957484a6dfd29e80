import { Chip, Group, Radio, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { useText } from '../texts';
import { ManyDialog, type ManyProps } from './ManyDialog';
import { useBulk } from './useBulk';

/** Tags that are offered; any other is typed. */
const SHOWN_TAGS = 16;

/** Gives tags to many contacts or takes them away. */
export function TagsOfMany({ who, count, onDone, onClose }: ManyProps) {
  const t = useText();
  const [add, setAdd] = useState(true);
  const [tags, setTags] = useState<string[]>([]);
  const bulk = useBulk(who, onDone);
  return (
    <ManyDialog
      title={t('bulk.tags')}
      count={count}
      action={add ? t('bulk.add_tags') : t('bulk.remove_tags')}
      disabled={tags.length === 0}
      busy={bulk.busy}
      error={bulk.error}
      onSubmit={() => bulk.run({ action: add ? 'add_tags' : 'remove_tags', tags }, tags.join(', '))}
      onClose={onClose}
    >
      <Radio.Group
        aria-label={t('bulk.tags')}
        value={add ? 'add' : 'remove'}
        onChange={(value) => setAdd(value === 'add')}
      >
        <Stack gap="xs">
          <Radio value="add" data-autofocus label={t('bulk.add_tags')} />
          <Radio value="remove" label={t('bulk.remove_tags')} />
        </Stack>
      </Radio.Group>
      <TagsInput
        label={t('bulk.which_tags')}
        placeholder={tags.length === 0 ? t('bulk.which_tags_hint') : undefined}
        value={tags}
        onChange={setTags}
        maxTags={50}
        acceptValueOnBlur
      />
      <Known tags={tags} onChange={setTags} />
    </ManyDialog>
  );
}

/** The tags that contacts already have, to be pressed: a list that drops down would lie over the rest of the window. */
function Known({ tags, onChange }: { tags: string[]; onChange: (tags: string[]) => void }) {
  const t = useText();
  const known = api.useQuery('get', '/api/contacts/tags');
  const shown = known.data?.items.slice(0, SHOWN_TAGS) ?? [];
  if (shown.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={t('bulk.known_tags')}>
      <Chip.Group multiple value={tags} onChange={onChange}>
        {shown.map(({ tag }) => (
          <Chip key={tag} value={tag} size="xs" variant="outline">
            {tag}
          </Chip>
        ))}
      </Chip.Group>
    </Group>
  );
}
