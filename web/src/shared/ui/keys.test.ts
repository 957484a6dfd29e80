import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenForKeys, useKeys } from './keys';

let end = () => {};
beforeEach(() => {
  end = listenForKeys();
});
afterEach(() => end());

const press = (init: KeyboardEventInit, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));

it('finds a letter by its place, whatever the layout', () => {
  const run = vi.fn();
  renderHook(() => useKeys([{ press: 'Alt+E', label: 'x', run }]));
  press({ code: 'KeyE', key: 'у', altKey: true });
  expect(run).toHaveBeenCalledOnce();
  press({ code: 'KeyE', key: 'e' });
  expect(run).toHaveBeenCalledOnce();
});

it('leaves plain keys to whoever types', () => {
  const plain = vi.fn();
  const leave = vi.fn();
  renderHook(() =>
    useKeys([
      { press: 'j', label: 'x', run: plain },
      { press: 'Escape', label: 'y', typing: true, run: leave },
    ]),
  );
  const input = document.body.appendChild(document.createElement('input'));
  press({ code: 'KeyJ', key: 'j' }, input);
  press({ code: 'Escape', key: 'Escape' }, input);
  expect(plain).not.toHaveBeenCalled();
  expect(leave).toHaveBeenCalledOnce();
});

it('knows two keys in a row, and forgets keys of a page that was left', () => {
  const run = vi.fn();
  const { unmount } = renderHook(() => useKeys([{ press: 'g i', label: 'x', run }]));
  press({ code: 'KeyG', key: 'g' });
  press({ code: 'KeyI', key: 'i' });
  expect(run).toHaveBeenCalledOnce();
  unmount();
  press({ code: 'KeyG', key: 'g' });
  press({ code: 'KeyI', key: 'i' });
  expect(run).toHaveBeenCalledOnce();
});

it('leaves Escape to what is unfolded and every key to a modal', () => {
  const run = vi.fn();
  renderHook(() =>
    useKeys([
      { press: 'Escape', label: 'x', typing: true, run },
      { press: 'j', label: 'y', run },
    ]),
  );
  document.body.innerHTML = '<div role="combobox" aria-expanded="true"></div>';
  press({ code: 'Escape', key: 'Escape' });
  document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';
  press({ code: 'KeyJ', key: 'j' });
  expect(run).not.toHaveBeenCalled();
  document.body.innerHTML = '';
  press({ code: 'Escape', key: 'Escape' });
  press({ code: 'KeyJ', key: 'j' });
  expect(run).toHaveBeenCalledTimes(2);
});
