import { expect, it } from 'vitest';
import { splitSlots } from './slots';

const shape = (text: string) =>
  splitSlots(text).map((piece) => (piece.slot ? `<${piece.text}>` : piece.text));

it('tells what is put in from the words around it', () => {
  expect(shape('Ставка — {{fact.rate}}, {{ first_name }}.')).toEqual([
    'Ставка — ',
    '<fact.rate>',
    ', ',
    '<first_name>',
    '.',
  ]);
  expect(shape('{{product.name}}{{product.link}}')).toEqual(['<product.name>', '<product.link>']);
  expect(shape('Без подстановок {{')).toEqual(['Без подстановок {{']);
  expect(shape('')).toEqual([]);
});
