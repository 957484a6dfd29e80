import type { Column, Preview } from './usePreview';

/** Keeps a column under its own header. */
export const EXTRA = 'extra';
/** Leaves a column out; the API's null. */
export const NONE = 'none';

/** What a person decided of columns, by their index: a field, `extra`, or null to leave it out. */
export type Columns = Record<string, string | null>;

/** What Alfa makes of a column by itself. */
const matched = (column: Column): string => column.field ?? (column.left_out ? NONE : EXTRA);

/** What a column will be: as the person decided, else as Alfa matched it. */
export function fateOf(column: Column, decided: Columns): string {
  const mine = decided[column.index];
  if (mine === null) return NONE;
  return mine ?? matched(column);
}

/** The decisions after one more. What Alfa would do anyway is not a decision. */
export function decide(decided: Columns, column: Column, fate: string): Columns {
  const { [column.index]: _, ...rest } = decided;
  if (fate === matched(column)) return rest;
  return { ...rest, [column.index]: fate === NONE ? null : fate };
}

/** Fields that more than one column would fill: the server takes one of them, and nobody knows which is meant. */
export function doubled(columns: readonly Column[], decided: Columns): Set<string> {
  const fates = columns.map((column) => fateOf(column, decided));
  return new Set(fates.filter((fate, at) => fate !== EXTRA && fate !== NONE && fates.indexOf(fate) !== at));
}

const WHO = ['phone', 'username', 'telegram_user_id'];

/** Whether some column says where to write to. Formats without columns (vCard, a list of phones) do by themselves. */
export function saysWho({ columns }: Pick<Preview, 'columns'>, decided: Columns): boolean {
  return columns.length === 0 || columns.some((column) => WHO.includes(fateOf(column, decided)));
}
