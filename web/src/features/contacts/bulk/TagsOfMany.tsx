import { Radio, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { useText } from '../texts';
import { ManyDialog, type ManyProps } from './ManyDialog';
import { useBulk } from './useBulk';

/** Gives tags to many contacts or takes them away. */
export function TagsOfMany({ who, count, onDone, onClose }: ManyProps) {
  const t = useText();
  const [add, setAdd] = useState(true);
  const [tags, setTags] = useState<string[]>([]);
  const known = api.useQuery('get', '/api/contacts/tags');
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
        data={(known.data?.items ?? []).map((one) => one.tag)}
        value={tags}
        onChange={setTags}
        maxTags={50}
        acceptValueOnBlur
        // Below it would lie over the button.
        comboboxProps={{ position: 'top-start' }}
      />
    </ManyDialog>
  );
}
