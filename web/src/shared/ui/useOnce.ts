import { useRef } from 'react';

/** Lets a thing begin only when it is not going: a second click comes before its button is seen to be busy. */
export function useOnce() {
  const going = useRef(false);
  return {
    /** Whether it may begin; then it is going. */
    begin: () => {
      if (going.current) return false;
      going.current = true;
      return true;
    },
    end: () => {
      going.current = false;
    },
  };
}
