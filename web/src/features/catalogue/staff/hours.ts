import type { Schemas } from '@/shared/api/client';
import { clockTime, dayWords, minutesOf } from '@/shared/crm/clock';

type Hours = Schemas['WorkingHours'];

/** Any Monday, to take the weekdays' names from. */
const MONDAY = '2024-01-01';
/** A day's end as it is typed. */
const MIDNIGHT_MINUTES = 1_440;

/** The name of a weekday: 1 is Monday. */
export function weekdayName(weekday: number, length: 'short' | 'long' = 'long'): string {
  const day = `${MONDAY.slice(0, 8)}${String(weekday).padStart(2, '0')}`;
  return dayWords(day, { weekday: length });
}

/** Working hours as they are typed. */
export interface TypedHours {
  key: string;
  weekday: string;
  from: string;
  to: string;
}

/** Working hours as inputs show them. */
export function typedHours(hours: readonly Hours[]): TypedHours[] {
  return hours.map((one) => ({
    key: `${one.weekday} ${one.from_minute}`,
    weekday: String(one.weekday),
    from: clockTime(one.from_minute),
    to: clockTime(one.to_minute),
  }));
}

/** What was typed; null when a line is no stretch of time. An end before its beginning is that of the next day. */
export function hoursOf(typed: readonly TypedHours[]): Hours[] | null {
  const hours = typed.map((one) => {
    const to = minutesOf(one.to);
    return {
      weekday: Number(one.weekday),
      from_minute: minutesOf(one.from) ?? -1,
      to_minute: to === 0 ? MIDNIGHT_MINUTES : (to ?? -1),
    };
  });
  const whole = (one: Hours) =>
    one.from_minute >= 0 && one.to_minute >= 0 && one.to_minute !== one.from_minute;
  return hours.every(whole) ? hours : null;
}

/** Working hours in a line: days with the same hours stand together. */
export function hoursWords(hours: readonly Hours[]): string {
  const byTimes = new Map<string, number[]>();
  for (const { weekday, from_minute, to_minute } of hours) {
    const times = `${clockTime(from_minute)}–${clockTime(to_minute)}`;
    byTimes.set(times, [...(byTimes.get(times) ?? []), weekday]);
  }
  return [...byTimes].map(([times, days]) => `${daysWords(days)} ${times}`).join(', ');
}

function daysWords(days: number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 1, sorted[sorted.length - 1] ?? 1];
  const name = (weekday: number) => weekdayName(weekday, 'short');
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${name(first)}–${name(last)}`;
  return sorted.map(name).join(', ');
}
