import { useEffect, useRef, useState } from 'react';
import { askAssistant } from '@/shared/api/assistant';
import { newKey } from '@/shared/api/client';
import { words } from '@/shared/ui/notify';
import { historyOf, keepTalk, readTalk, type Turn } from './talk';

/** The talk with the assistant: what was said, and the asking. */
export function useTalk(person: string) {
  const [turns, setTurns] = useState(() => readTalk(person));
  const [writing, setWriting] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const put = (next: Turn[]) => {
    setTurns(next);
    keepTalk(person, next);
  };

  const ask = async (question: string, before = turns) => {
    if (running.current) return;
    const asked: Turn[] = [...before, { id: newKey(), role: 'user', text: question }];
    put(asked);
    setWriting('');
    const control = new AbortController();
    running.current = control;
    let text = '';
    const end = (turn: Omit<Turn, 'id' | 'role'>) =>
      put([...asked, { id: newKey(), role: 'assistant', ...turn }]);
    try {
      const answer = await askAssistant({
        question,
        history: historyOf(before),
        signal: control.signal,
        onText: (grown) => {
          text = grown;
          setWriting(grown);
        },
      });
      end({ text: answer.message, answer });
    } catch (error) {
      if (control.signal.aborted) end({ text, stopped: true });
      else end({ text: '', problem: words(error) });
    } finally {
      running.current = null;
      setWriting(null);
    }
  };

  return {
    turns,
    /** What has come of the answer so far; null when nothing is asked. */
    writing,
    ask: (question: string) => void ask(question),
    /** Asks the last question once more, without the failure. */
    again: () => {
      const last = turns.findLastIndex((turn) => turn.role === 'user');
      const question = turns[last]?.text;
      if (question) void ask(question, turns.slice(0, last));
    },
    stop: () => running.current?.abort(),
    clear: () => {
      const old = turns;
      put([]);
      return () => put(old);
    },
  };
}

export type Talk = ReturnType<typeof useTalk>;
