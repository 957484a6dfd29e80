import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { showFirst, showRefusal } from './forms';

const seen: string[] = [];
const form = () => ({ getValues: () => ({ name: '', phone: '', status: '' }), setErrors: vi.fn() });
const refused = (...fields: string[]) =>
  new Problem(
    422,
    'invalid',
    'Not valid.',
    fields.map((field) => ({ field, message: `bad ${field}` })),
  );

beforeEach(() => {
  seen.length = 0;
  HTMLElement.prototype.scrollIntoView = function (this: HTMLElement) {
    seen.push(this.id);
  };
  document.body.innerHTML = `
    <input id="behind" data-path="name" />
    <div role="dialog">
      <input id="name" data-path="name" />
      <input id="phone" data-path="phone" />
      <input id="status" data-path="status" aria-haspopup="listbox" />
    </div>`;
});
afterEach(() => document.body.replaceChildren());

it('marks the inputs that are refused and shows the first of them in the window', () => {
  const filled = form();
  showRefusal(filled, refused('phone', 'name'));
  expect(filled.setErrors).toHaveBeenCalledWith({ phone: 'bad phone', name: 'bad name' });
  expect(seen).toEqual(['name']);
  expect(document.activeElement?.id).toBe('name');
});

it('knows an input by the end of its name when the server has it inside another', () => {
  const filled = form();
  showRefusal(filled, refused('contact.phone'), 'contact.');
  expect(filled.setErrors).toHaveBeenCalledWith({ phone: 'bad contact.phone' });
  expect(seen).toEqual(['phone']);
});

it('opens no list', () => {
  showFirst({ status: 'bad' });
  expect(seen).toEqual(['status']);
  expect(document.activeElement?.id).not.toBe('status');
});

it('finds an input of the page when the window has none of that name', () => {
  document.body.innerHTML = '<input id="page" data-path="name" /><div role="dialog"></div>';
  showFirst({ name: 'bad' });
  expect(seen).toEqual(['page']);
});
