import { SseParser } from '../live/sse';
import type { Schemas } from './client';
import { Problem } from './problem';
import { apiFetch } from './session';

export type Answer = Schemas['ChatAnswer'];
export type Said = Schemas['TurnInput'];

interface Options {
  question: string;
  /** What was said before, oldest first. */
  history: Said[];
  /** The text so far, as it grows. */
  onText: (text: string) => void;
  signal: AbortSignal;
}

interface Refusal {
  status?: number;
  code?: string;
  detail?: string;
}

/** Asks the assistant and reads its answer as it comes. An aborted question throws an `AbortError`. */
export async function askAssistant({ question, history, onText, signal }: Options): Promise<Answer> {
  const url = new URL('/api/ai-assistant/chat', window.location.origin);
  url.searchParams.set('stream', 'true');
  const response = await apiFetch(
    new Request(url, {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ message: question, conversation_history: history }),
    }),
  );
  if (!response.body) throw new Problem(0, 'no_answer', '');
  const parser = new SseParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    // The server went away in the middle.
    if (done) throw new Problem(0, 'no_answer', '');
    for (const { event, data } of parser.push(decoder.decode(value, { stream: true }))) {
      if (data === null) continue;
      if (event === 'delta') {
        text += (JSON.parse(data) as { text: string }).text;
        onText(text);
      }
      if (event === 'done') return JSON.parse(data) as Answer;
      if (event === 'error') {
        const refusal = JSON.parse(data) as Refusal;
        throw new Problem(refusal.status ?? 500, refusal.code ?? 'error', refusal.detail ?? '');
      }
    }
  }
}
