import { expect, it } from 'vitest';
import { inputsOf, inside, spread } from './problems';

const problem = (field: string, message: string) => ({ field, message });

it('finds the inputs in the values of a form', () => {
  const values = {
    name: { ru: 'Карта', en: 'Card' },
    points: 5,
    levels: [{ id: 'A1', bonus: '' }],
    products: ['1', '2'],
    words: [],
  };
  expect(inputsOf(values)).toEqual([
    'name.ru',
    'name.en',
    'points',
    'levels.0.id',
    'levels.0.bonus',
    'products',
    'words',
  ]);
});

it('puts a problem under its input, or the one around its place', () => {
  const found = spread(
    [
      problem('levels[1].bonus', 'much'),
      problem('sentences.ru[2]', 'unknown slot'),
      problem('sentences.ru[4]', 'braces'),
      problem('blocks.offers[0].products', 'no such product'),
    ],
    ['levels.1.bonus', 'sentences.ru', 'sentences.en'],
  );
  expect(found.errors).toEqual({ 'levels.1.bonus': 'much', 'sentences.ru': 'unknown slot braces' });
  expect(found.over.map((one) => one.field)).toEqual(['blocks.offers[0].products']);
});

it('does not take a longer name for the same', () => {
  expect(spread([problem('name_ru', 'x')], ['name']).errors).toEqual({});
});

it('calls places as the part does', () => {
  expect(inside([problem('blocks[3].ru.formal', 'x'), problem('blocks[30].id', 'y')], 'blocks[3]')).toEqual([
    problem('ru.formal', 'x'),
    problem('blocks[30].id', 'y'),
  ]);
});
