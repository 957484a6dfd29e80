import { language } from '../i18n/instance';
import { zone } from './zone';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const made = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make and are asked for in each row of a list. The Swedish way of writing a day is ISO 8601. */
function formatter(options: Intl.DateTimeFormatOptions, locale: string = language()): Intl.DateTimeFormat {
  const shown = { timeZone: zone(), ...options };
  const key = `${locale} ${JSON.stringify(shown)}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(locale, shown);
  made.set(key, fresh);
  return fresh;
}

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar day of a moment, `2026-11-03`; a calendar day is its own. */
function dateOf(at: string | Date): string {
  if (typeof at === 'string' && CALENDAR_DAY.test(at)) return at;
  return formatter({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE').format(new Date(at));
}

const dayNumber = (at: string | Date) => Math.round(Date.parse(`${dateOf(at)}T00:00:00Z`) / DAY_MS);

const isSameYear = (one: string | Date, other: Date) => dateOf(one).slice(0, 4) === dateOf(other).slice(0, 4);

/** A calendar day has no clock of its own, so it is written by the one that it is read by. */
function written(date: string, options: Intl.DateTimeFormatOptions): string {
  return formatter({ ...options, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}

/** The English clock goes to twelve and has no nought before its hours: `9:05 AM`. */
const clock = (at: Date) =>
  formatter({ hour: language() === 'en' ? 'numeric' : '2-digit', minute: '2-digit' }).format(at);

function dayWords(iso: string, now: Date): string {
  const days = dayNumber(iso) - dayNumber(now);
  if (Math.abs(days) <= 1)
    return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day');
  const year = isSameYear(iso, now) ? {} : ({ year: 'numeric' } as const);
  return written(dateOf(iso), { day: 'numeric', month: 'long', ...year });
}

/** The time of day: `14:05`. */
export function time(iso: string): string {
  return clock(new Date(iso));
}

/** The day of a moment, or a calendar day, in words, as a heading: `Today`, `Yesterday`, `12 March`, `12 March 2025`. */
export function day(iso: string, now = new Date()): string {
  const words = dayWords(iso, now);
  return words.charAt(0).toLocaleUpperCase(language()) + words.slice(1);
}

/** A calendar day (`2026-11-03`) as short as an axis wants it: `3 Nov`. */
export function shortDay(date: string): string {
  return written(date, { day: 'numeric', month: 'short' });
}

/** The day and the time, as they stand in a sentence: `today, 14:05`. */
export function moment(iso: string, now = new Date()): string {
  return `${dayWords(iso, now)}, ${time(iso)}`;
}

/** As short as a list of dialogs wants it: the time today, the weekday this week, else the date. */
export function shortMoment(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const days = dayNumber(now) - dayNumber(at);
  if (days <= 0) return clock(at);
  if (days < 7) return formatter({ weekday: 'short' }).format(at);
  const year = isSameYear(at, now) ? {} : ({ year: '2-digit' } as const);
  return formatter({ day: 'numeric', month: 'short', ...year }).format(at);
}

/** How long from now or ago, in the largest unit that fits: `in 5 minutes`, `2 days ago`. */
export function fromNow(iso: string, now = new Date()): string {
  const ms = new Date(iso).getTime() - now.getTime();
  const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const size = Math.abs(ms);
  if (size < HOUR_MS) return words.format(Math.round(ms / MINUTE_MS), 'minute');
  if (size < DAY_MS) return words.format(Math.round(ms / HOUR_MS), 'hour');
  return words.format(Math.round(ms / DAY_MS), 'day');
}

/** A length of time in its two largest units: `2 h 5 min`. */
export function duration(seconds: number): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24)
    return [unit(hours, 'hour'), minutes % 60 > 0 ? unit(minutes % 60, 'minute') : '']
      .filter(Boolean)
      .join(' ');
  const days = Math.floor(hours / 24);
  return [unit(days, 'day'), hours % 24 > 0 ? unit(hours % 24, 'hour') : ''].filter(Boolean).join(' ');
}
