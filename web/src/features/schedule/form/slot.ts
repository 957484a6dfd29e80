import { clockTime, DAY_MINUTES, minutesOf, momentOf, plusDays, wallOf } from '@/shared/crm/clock';

/** Free time that something is to be put into. */
export interface Slot {
  day: string;
  from: number;
  to: number;
  /** The length was chosen, and is not the usual one of whatever is put there. */
  exact?: boolean;
  staffId?: number | null;
  placeId?: number | null;
}

/** A stretch of time as it is typed; the last day is typed only where it may be another one. */
export interface SlotValues {
  day: string;
  from: string;
  to: string;
  to_day: string;
}

/** A slot as it is typed. */
export function typed(slot: Slot): SlotValues {
  return { day: slot.day, from: clockTime(slot.from), to: clockTime(slot.to), to_day: slot.day };
}

/** The stretch between two moments as it is typed. */
export function typedOf(starts_at: string, ends_at: string, zone: string): SlotValues {
  const [start, end] = [wallOf(starts_at, zone), wallOf(ends_at, zone)];
  return { day: start.day, from: clockTime(start.minutes), to: clockTime(end.minutes), to_day: end.day };
}

/** The same where no last day is typed: over midnight the end says it by itself, and goes along to another day. */
export function typedInOneDay(starts_at: string, ends_at: string, zone: string): SlotValues {
  const values = typedOf(starts_at, ends_at, zone);
  const alone = { ...values, to_day: '' };
  return isOvernight(alone) ? alone : values;
}

/** What is longer over midnight is rather a slip of the pen: 10:00 to 09:00. */
const LONGEST_NIGHT_MINUTES = 12 * 60;

/** Whether the end is that of the next day, though the same day is typed: 23:30 to 00:30, and midnight itself. */
export function isOvernight({ day, from, to, to_day }: SlotValues): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === null || end === null || (to_day && to_day > day)) return false;
  return end === 0 || (end < start && end + DAY_MINUTES - start <= LONGEST_NIGHT_MINUTES);
}

/** The moments that were typed; null when they are no stretch of time. */
export function momentsOf(values: SlotValues, zone: string): { starts_at: string; ends_at: string } | null {
  const [from, to] = [minutesOf(values.from), minutesOf(values.to)];
  if (!values.day || from === null || to === null) return null;
  const last = values.to_day && values.to_day > values.day ? values.to_day : values.day;
  const day = isOvernight(values) ? plusDays(last, 1) : last;
  const starts_at = momentOf({ day: values.day, minutes: from }, zone);
  const ends_at = momentOf({ day, minutes: to }, zone);
  return Date.parse(ends_at) > Date.parse(starts_at) ? { starts_at, ends_at } : null;
}
