import { clockTime, shortDay, wallWords } from '@/shared/crm/clock';
import { count } from '@/shared/format';

/** One figure of an answer. */
export interface Figure {
  name: string;
  shown: string;
}

/** Rows of an answer. */
export interface Rows {
  name: string;
  columns: string[];
  cells: string[][];
  /** The rows as bars, where they have a name and a number. */
  bars: { label: string; value: number; shown: string }[] | null;
}

export interface Figures {
  single: Figure[];
  lists: Rows[];
}

type Data = Record<string, unknown>;

/** How figures are put into words. */
export interface Wording {
  /** The business's time zone. */
  zone: string;
  /** A word of the API (`active` of a `status`) in words; other texts as they are. */
  wordOf: (name: string, value: string) => string;
  /** How a row without a name is called: clients of no source. */
  unsaid: string;
}

/** What a program needs and a person does not. */
const HIDDEN = new Set([
  'currency',
  'formatted',
  'id',
  'client_id',
  'booking_id',
  'session_id',
  'place_id',
  'contact_id',
]);
/** What names a row, the best first. */
const NAMES = ['name', 'source', 'status', 'class', 'hour', 'variant'];
/** What is measured of a row, the best first. */
const MEASURES = ['revenue', 'amount', 'count', 'hours', 'attended', 'no_shows', 'replied', 'free'];
const MIN_BARS = 2;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isRow = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes the figures out of an answer's `data`: single ones and lists. Money is shown as the server wrote it. */
export function figuresOf(data: Data, words: Wording): Figures {
  const found: Figures = { single: [], lists: [] };
  collect(data, words, found);
  return found;
}

function collect(data: Data, words: Wording, found: Figures) {
  const formatted = isRow(data.formatted) ? data.formatted : {};
  for (const [name, value] of Object.entries(data)) {
    if (HIDDEN.has(name)) continue;
    if (Array.isArray(value)) {
      const rows = value.filter(isRow);
      if (rows.length > 0) found.lists.push(listOf(name, rows, words));
    } else if (isRow(value)) {
      collect(value, words, found);
    } else {
      const shown = formatted[name];
      const said = typeof shown === 'string' ? shown : shownOf(name, value, words);
      if (said !== '') found.single.push({ name, shown: said });
    }
  }
}

function listOf(name: string, rows: Data[], words: Wording): Rows {
  const first = (key: string) => (NAMES.includes(key) ? 0 : 1);
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((key) => !HIDDEN.has(key))
    .sort((a, b) => first(a) - first(b));
  const cell = (row: Data, key: string) => {
    const money = key === 'revenue' || key === 'amount';
    return money && typeof row.formatted === 'string' ? row.formatted : shownOf(key, row[key], words);
  };
  const label = NAMES.find((key) => keys.includes(key));
  const measure = MEASURES.find((key) => rows.every((row) => typeof row[key] === 'number'));
  const bars =
    label && measure && rows.length >= MIN_BARS
      ? rows.map((row) => ({
          label: cell(row, label) || words.unsaid,
          value: Number(row[measure]),
          shown: cell(row, measure),
        }))
      : null;
  return { name, columns: keys, cells: rows.map((row) => keys.map((key) => cell(row, key))), bars };
}

function shownOf(name: string, value: unknown, words: Wording): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return name === 'hour' ? clockTime(value * 60) : count(value);
  if (typeof value === 'string') {
    if (MOMENT.test(value)) return wallWords(value, words.zone);
    return DAY.test(value) ? shortDay(value) : words.wordOf(name, value);
  }
  // Free stretches of a place.
  if (Array.isArray(value)) {
    return value
      .filter(isRow)
      .map((one) => `${shownOf('from', one.from, words)} – ${shownOf('to', one.to, words)}`)
      .join('; ');
  }
  return '';
}
