import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface Props extends Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max'> {
  min: number;
  max: number;
  value: number | null;
  /** Told only of numbers within the bounds: what is half typed is no number yet. */
  onChange: (value: number) => void;
  /** Told that nothing stands there, where that means something; otherwise the last number comes back. */
  onEmpty?: () => void;
}

/** A number that is typed in peace: neither the empty input nor its first digit is corrected before it is left. */
export function NumberTyped({ value, onChange, onEmpty, min, max, ...props }: Props) {
  const [typed, setTyped] = useState<string | number | null>(null);
  const take = (next: string | number) => {
    setTyped(next);
    if (next === '') onEmpty?.();
    else if (typeof next === 'number' && next >= min && next <= max) onChange(next);
  };
  return (
    <NumberInput
      {...props}
      min={min}
      max={max}
      value={typed ?? value ?? ''}
      onChange={take}
      onBlur={() => setTyped(null)}
    />
  );
}
