import { language } from '../i18n/instance';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const made = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make and are asked for in each row of a list. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language()} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(language(), options);
  made.set(key, fresh);
  return fresh;
}

function dayNumber(at: Date): number {
  return Math.floor((at.getTime() - at.getTimezoneOffset() * MINUTE_MS) / DAY_MS);
}

const clock = (at: Date) => formatter({ hour: '2-digit', minute: '2-digit' }).format(at);

function dayWords(iso: string, now: Date): string {
  const at = new Date(iso);
  const days = dayNumber(at) - dayNumber(now);
  if (Math.abs(days) <= 1)
    return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day');
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return formatter({ day: 'numeric', month: 'long', ...year }).format(at);
}

/** The time of day: `14:05`. */
export function time(iso: string): string {
  return clock(new Date(iso));
}

/** The day in words, as a heading: `Today`, `Yesterday`, `12 March`, `12 March 2025`. */
export function day(iso: string, now = new Date()): string {
  const words = dayWords(iso, now);
  return words.charAt(0).toLocaleUpperCase(language()) + words.slice(1);
}

/** A calendar day (`2026-11-03`) as short as an axis wants it: `3 Nov`. */
export function shortDay(date: string): string {
  return formatter({ day: 'numeric', month: 'short' }).format(new Date(`${date}T12:00:00`));
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
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: '2-digit' } as const);
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
