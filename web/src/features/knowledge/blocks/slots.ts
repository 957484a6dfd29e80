/** A piece of a text: words, or the name of what is put in there. */
export interface Piece {
  text: string;
  slot: boolean;
  /** Where it begins. */
  at: number;
}

const SLOT = /\{\{\s*([\w.]+)\s*\}\}/g;

/** The pieces of a text in their order. */
export function splitSlots(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(SLOT)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), slot: false, at: from });
    pieces.push({ text: found[1] ?? '', slot: true, at: found.index });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), slot: false, at: from });
  return pieces;
}
