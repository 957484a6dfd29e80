import { describe, expect, it } from 'vitest';
import { type Block, blockOf, freeId, valuesOf } from './blockValues';

const forms = (text: string) => ({ formal: text, informal: `${text}!` });

const BRIDGE: Block = {
  id: 'bridges.3',
  by: 'profession',
  words: ['врач', 'медик'],
  products: [1, 3],
  requires: ['rate'],
  requires_name: false,
  ru: forms('К врачам'),
  en: forms('To doctors'),
};

describe('a text through its form', () => {
  it('comes out as it went in', () => {
    const values = valuesOf(['ru', 'en'], BRIDGE);
    expect(blockOf('bridges.3', { kind: 'bridges' }, ['ru', 'en'], values)).toEqual(BRIDGE);
  });

  it('is for all products when none is named, and has no conditions that its purpose has no use for', () => {
    const values = { ...valuesOf(['ru'], BRIDGE), products: [] };
    expect(blockOf('x', { class: 'no_need' }, ['ru'], values)).toEqual({
      id: 'x',
      products: 'all',
      requires: ['rate'],
      requires_name: false,
      closes_dialog: false,
      ru: forms('К врачам'),
    });
    expect(blockOf('x', { kind: 'stop_sentence' }, ['ru'], values)).toEqual({
      id: 'x',
      ru: forms('К врачам'),
    });
  });
});

it('gives a name that is free', () => {
  expect(freeId('offers', [{ id: 'offers.1' }, { id: 'offers.3' }])).toBe('offers.4');
});
