import { expect, it } from 'vitest';
import { changed, readDraft, writeDraft } from './drafts';

it('keeps a draft per dialog until it is empty', () => {
  const draft = changed(readDraft(1), 'Добрый день');
  writeDraft(1, draft);
  expect(readDraft(1)).toEqual(draft);
  expect(readDraft(2).text).toBe('');
  writeDraft(1, changed(draft, ' '));
  expect(localStorage.length).toBe(0);
});

it('keeps the key for the same text and changes it with the text', () => {
  const draft = changed(readDraft(1), 'a');
  expect(changed(draft, 'a').key).toBe(draft.key);
  expect(changed(draft, 'b').key).not.toBe(draft.key);
});

it('takes nonsense for no draft', () => {
  localStorage.setItem('alfa.draft.3', '{"text":');
  expect(readDraft(3).text).toBe('');
});
