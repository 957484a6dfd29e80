// Providers of AI on loopback that answer as they are told: what the pages say when some of them fail.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** How a provider answers: with a refusal, or with words after it has called a tool for its figures. */
export type Answer = { status: number; error: string } | { tool: string; words: string };

export class Providers {
  private constructor(
    private readonly server: Server,
    private readonly port: number,
    /** How each answers from now on. */
    readonly answers: Record<string, Answer>,
  ) {}

  static async start(answers: Record<string, Answer>): Promise<Providers> {
    const server = createServer((request, response) => {
      const answer = answers[request.url?.split('/')[1] ?? ''];
      void reply(request, response, answer ?? { status: 404, error: 'no such provider' });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    return new Providers(server, address.port, answers);
  }

  url(name: string): string {
    return `http://127.0.0.1:${this.port}/${name}/v1`;
  }

  async end() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function reply(request: IncomingMessage, response: ServerResponse, answer: Answer) {
  let body = '';
  for await (const piece of request) body += piece;
  if ('status' in answer) {
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { message: answer.error } }));
    return;
  }
  const { messages } = JSON.parse(body) as { messages: { role: string }[] };
  const called = messages.some(({ role }) => role === 'tool');
  const call = {
    index: 0,
    id: 'call_1',
    type: 'function',
    function: { name: answer.tool, arguments: '{}' },
  };
  const chunks = called
    ? [chunk({ content: answer.words }, null), chunk({}, 'stop')]
    : [chunk({ tool_calls: [call] }, null), chunk({}, 'tool_calls')];
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.end([...chunks, '[DONE]'].map((one) => `data: ${one}\n\n`).join(''));
}

/** A piece of a stream, in the wire format that all of them speak. */
function chunk(delta: object, finish_reason: string | null): string {
  return JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] });
}
