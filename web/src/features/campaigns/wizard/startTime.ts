import { clockTime, minutesOf, momentOf, wallOf } from '@/shared/crm/clock';
import { isDay } from '@/shared/crm/day';

const HOUR_MS = 3_600_000;

/** A moment as an input of a date and time takes it, on the business's clock: `2026-11-28T09:30`. */
export function typedTime(iso: string, zone: string): string {
  const { day, minutes } = wallOf(iso, zone);
  return `${day}T${clockTime(minutes)}`;
}

/** The moment that is typed, on the business's clock; null while it is not whole. */
export function timeTyped(typed: string, zone: string): string | null {
  const [day = '', clock = ''] = typed.split('T');
  const minutes = minutesOf(clock);
  return isDay(day) && minutes !== null ? momentOf({ day, minutes }, zone) : null;
}

/** The full hour that comes next on the business’s clock. */
export function inAnHour(zone: string, now = Date.now()): string {
  const { day, minutes } = wallOf(new Date(now + HOUR_MS).toISOString(), zone);
  return momentOf({ day, minutes: minutes - (minutes % 60) }, zone);
}
