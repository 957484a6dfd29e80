import { describe, expect, it } from 'vitest';
import { changeOf, inputOf, valuesOf } from './ContactFields';

describe('what is sent', () => {
  it('leaves out of a new contact what is empty', () => {
    const sent = inputOf({ ...valuesOf(), name: ' Anna ', phone: '  ', age: 31 });
    expect(sent).toEqual({ name: 'Anna', age: 31, tags: [] });
  });

  it('has of a change only what differs, and null for what was emptied', () => {
    const before = { ...valuesOf(), name: 'Anna', goal: 'a flat', tags: ['a'] };
    expect(changeOf(before, before)).toEqual({});
    expect(changeOf(before, { ...before, goal: ' ', tags: ['a', 'b'] })).toEqual({
      goal: null,
      tags: ['a', 'b'],
    });
  });

  it('can be taken back', () => {
    const before = { ...valuesOf(), name: 'Anna' };
    const after = { ...before, name: 'Anya', age: 40 };
    expect(changeOf(after, before)).toEqual({ name: 'Anna', age: null });
  });
});
