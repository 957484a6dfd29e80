import { language } from '../i18n/instance';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Minutes of a day on the clock. */
export const DAY_MINUTES = 1_440;

/** A moment on the business's clock: the day `2026-11-28` and the minutes from its midnight. */
export interface Wall {
  day: string;
  minutes: number;
}

const made = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(locale, options);
  made.set(key, fresh);
  return fresh;
}

/** How far the zone's clock is before UTC at this moment. */
function offsetMs(at: number, zone: string): number {
  const parts = formatter('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(at / 1_000) * 1_000;
}

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What the business's clock shows at a moment. */
export function wallOf(iso: string, zone: string): Wall {
  const at = Date.parse(iso);
  const wall = at + offsetMs(at, zone);
  const day = dayAt(wall);
  return { day, minutes: Math.floor((wall - midnight(day)) / MINUTE_MS) };
}

/** The moment at which the business's clock shows this. A time that a change of the clocks leaves out is the one an hour later. */
export function momentOf({ day, minutes }: Wall, zone: string): string {
  const wall = midnight(day) + minutes * MINUTE_MS;
  const before = offsetMs(wall - DAY_MS, zone);
  const after = offsetMs(wall + DAY_MS, zone);
  const offset = [before, after].find((one) => offsetMs(wall - one, zone) === one) ?? before;
  return new Date(wall - offset).toISOString().replace('.000Z', 'Z');
}

/** The business's day of now. */
export function todayIn(zone: string, now = new Date()): string {
  return wallOf(now.toISOString(), zone).day;
}

/** Some days later, or earlier. */
export function plusDays(day: string, days: number): string {
  return dayAt(midnight(day) + days * DAY_MS);
}

/** The days of the week that a day is in, Monday first. */
export function weekOf(day: string): string[] {
  const monday = plusDays(day, -((new Date(midnight(day)).getUTCDay() + 6) % 7));
  return Array.from({ length: 7 }, (_, index) => plusDays(monday, index));
}

/** A day in words, as the options say. */
export function dayWords(day: string, options: Intl.DateTimeFormatOptions): string {
  return formatter(language(), { ...options, timeZone: 'UTC' }).format(midnight(day));
}

/** Days from one to another, in words: `23–29 November 2026`. */
export function spanWords(first: string, last: string): string {
  const format = formatter(language(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(midnight(first), midnight(last));
}

/** A day as it stands in a list: `28 Nov 2026`. */
export function shortDay(day: string): string {
  return dayWords(day, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Minutes of the day as a clock shows them: `09:30`. */
export function clockTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** The minutes of the day that `09:30` is; null for anything else. */
export function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * 60 + Number(minutes);
}

/** A moment on the business's clock: `28 Nov, 09:30`. */
export function wallWords(iso: string, zone: string): string {
  const { day, minutes } = wallOf(iso, zone);
  return `${dayWords(day, { day: 'numeric', month: 'short', year: 'numeric' })}, ${clockTime(minutes)}`;
}
