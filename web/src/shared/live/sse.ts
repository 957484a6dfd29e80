/** One block of a server-sent stream. A block without data (a heartbeat) has `data` null. */
export interface Block {
  event: string;
  data: string | null;
}

/** The most characters of an unfinished block; more means that this is not our stream. */
const MAX_BLOCK_CHARS = 1_000_000;

/** Cuts server-sent text into blocks, however the network cut it. */
export class SseParser {
  private rest = '';

  push(chunk: string): Block[] {
    const blocks = (this.rest + chunk).replaceAll('\r\n', '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    if (this.rest.length > MAX_BLOCK_CHARS) throw new Error('a block of the event stream has no end');
    return blocks.map(parse);
  }
}

function parse(block: string): Block {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return { event, data: data.length > 0 ? data.join('\n') : null };
}
