import * as v from 'valibot';
import type { Answer, Said } from '@/shared/api/assistant';

/** Something that was said in the talk. */
export interface Turn {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  /** Of an answer: the whole of it. */
  answer?: Answer;
  /** Why there is no answer, in words. */
  problem?: string;
  /** The person stopped it. */
  stopped?: boolean;
}

const PREFIX = 'alfa.assistant.';
/** Most turns that are kept. */
const MAX_TURNS = 60;
/** Most turns that go with a question; the server reads no more. */
const MAX_HISTORY = 20;
/** The server takes no longer text of an earlier turn. */
const MAX_CHARS = 20_000;

const kept = v.array(
  v.looseObject({ id: v.string(), role: v.picklist(['user', 'assistant']), text: v.string() }),
);

/** The talk that this person had in this browser. */
export function readTalk(person: string): Turn[] {
  try {
    const found = v.safeParse(kept, JSON.parse(localStorage.getItem(PREFIX + person) ?? '[]'));
    return found.success ? (found.output as unknown as Turn[]) : [];
  } catch {
    // What cannot be read is no talk.
    return [];
  }
}

/** Keeps the talk; the oldest of a long one is forgotten. */
export function keepTalk(person: string, turns: Turn[]) {
  if (turns.length === 0) localStorage.removeItem(PREFIX + person);
  else {
    try {
      localStorage.setItem(PREFIX + person, JSON.stringify(turns.slice(-MAX_TURNS)));
    } catch {
      // A full storage loses the talk at the next visit, not the answer of now.
    }
  }
}

/** What goes with the next question, so that "and yesterday?" is understood. */
export function historyOf(turns: Turn[]): Said[] {
  return turns
    .filter((turn) => turn.text !== '' && !turn.problem)
    .slice(-MAX_HISTORY)
    .map(({ role, text }) => ({ role, content: text.slice(0, MAX_CHARS) }));
}
