const COLOURS = [
  'ink',
  'grape',
  'teal',
  'orange',
  'indigo',
  'pink',
  'lime',
  'cyan',
  'violet',
  'red',
] as const;

/** A colour that a trainer or a place always has. */
export function colourOf(id: number | null): string {
  const name = id === null ? 'gray' : COLOURS[id % COLOURS.length];
  return `var(--mantine-color-${name}-6)`;
}
