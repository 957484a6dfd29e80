import { beforeEach, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { switchLanguage } from '../i18n';
import { words } from './notify';

const refused = (...messages: string[]) =>
  new Problem(
    422,
    'invalid',
    'Not valid.',
    messages.map((message, index) => ({ field: `field_${index}`, message })),
  );

beforeEach(() => switchLanguage('ru'));

it('says each thing once, the first few, and counts the rest', async () => {
  const many = Array.from({ length: 25 }, (_, index) => `нет продукта ${index}`);
  expect(words(refused(...many))).toBe('нет продукта 0; нет продукта 1; нет продукта 2; и ещё 22');
  await switchLanguage('en');
  expect(words(refused('One.', 'Two.', 'Two.', 'Three.', 'Four.'))).toBe('One. Two. Three. and 1 more');
});

it('says the same of every input once', () => {
  expect(words(refused(...Array<string>(25).fill('нет такого продукта')))).toBe('нет такого продукта');
});

it('says what a refusal without inputs says', () => {
  expect(words(new Problem(409, 'conflict', 'Занято.'))).toBe('Занято.');
  expect(words(new Problem(502, 'http_502', ''))).toContain('502');
});
