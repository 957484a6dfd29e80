import { newKey } from '@/shared/api/client';

/** What was begun in a dialog, and the key under which it will be sent once. */
export interface Draft {
  text: string;
  key: string;
}

const PREFIX = 'alfa.draft.';

/** The text begun in a dialog; kept in the browser so that a reload, a crash or a lost server loses nothing. */
export function readDraft(contactId: number): Draft {
  const kept = localStorage.getItem(PREFIX + contactId);
  if (kept) {
    try {
      const draft = JSON.parse(kept) as Partial<Draft>;
      if (typeof draft.text === 'string' && typeof draft.key === 'string')
        return { text: draft.text, key: draft.key };
    } catch {
      // What cannot be read is no draft.
    }
  }
  return { text: '', key: newKey() };
}

/** Keeps a text that was begun; an empty one is forgotten. */
export function writeDraft(contactId: number, draft: Draft) {
  if (draft.text.trim() === '') localStorage.removeItem(PREFIX + contactId);
  else localStorage.setItem(PREFIX + contactId, JSON.stringify(draft));
}

/** Another text is another intent: it gets a key of its own, while the same text tried again keeps its key. */
export function changed(draft: Draft, text: string): Draft {
  return text === draft.text ? draft : { text, key: newKey() };
}
