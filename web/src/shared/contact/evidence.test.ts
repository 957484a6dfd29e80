import { expect, it } from 'vitest';
import { switchLanguage } from '../i18n';
import { evidenceWords } from './evidence';
import { text } from './texts';

it('says in words what Alfa wrote for itself, and leaves what a person wrote', async () => {
  await switchLanguage('ru');
  expect(evidenceWords('upload: contacts.csv', text)).toBe('файл «contacts.csv»');
  expect(evidenceWords('message:44', text)).toBe('сообщение в переписке');
  expect(evidenceWords('merged:contact:7', text)).toBe('из карточки, с которой объединили');
  expect(evidenceWords('Договор: message:44', text)).toBe('Договор: message:44');
});
