import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Contact } from './Facts';
import { useText } from './texts';
import { useContactChange } from './useContactChange';

/** The contact's tags; each change is kept at once. */
export function Tags({ contact }: { contact: Contact }) {
  const t = useText();
  const { change } = useContactChange(contact.id);
  const [tags, setTags] = useState<string[] | null>(null);
  const put = (next: string[]) => {
    setTags(next);
    change({ tags: next }, () => setTags(null));
  };
  return (
    <TagsInput
      label={t('panel.tags')}
      placeholder={contact.tags.length === 0 ? t('panel.tags_hint') : undefined}
      value={tags ?? contact.tags}
      onChange={put}
      maxTags={50}
      acceptValueOnBlur
      clearable={false}
    />
  );
}
