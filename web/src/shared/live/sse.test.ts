import { expect, it } from 'vitest';
import { SseParser } from './sse';

it('joins what the network cut and tells heartbeats from data', () => {
  const parser = new SseParser();
  expect(parser.push('id: 7\nevent: dia')).toEqual([]);
  expect(parser.push('log\ndata: {"a":\ndata: 1}\n\n:\n')).toEqual([{ event: 'dialog', data: '{"a":\n1}' }]);
  expect(parser.push('\n')).toEqual([{ event: 'message', data: null }]);
});

it('takes line ends of either kind', () => {
  expect(new SseParser().push('data: x\r\n\r\n')).toEqual([{ event: 'message', data: 'x' }]);
});

it('does not buffer without end', () => {
  expect(() => new SseParser().push('x'.repeat(1_000_001))).toThrow();
});
