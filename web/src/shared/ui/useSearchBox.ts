import { useDebouncedCallback } from '@mantine/hooks';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';

/** The search is asked when the person pauses. */
const PAUSE_MS = 250;

/** A text input whose value is kept elsewhere (in the address) and put there when the person pauses. */
export function useSearchBox(kept: string | undefined, keep: (text: string | undefined) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(kept ?? '');
  const apply = useDebouncedCallback((value: string) => keep(value.trim() || undefined), PAUSE_MS);
  // "Clear" and links set it from outside.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(kept ?? '');
  }, [kept]);
  return {
    input,
    props: {
      ref: input,
      value: text,
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      },
    },
  };
}
