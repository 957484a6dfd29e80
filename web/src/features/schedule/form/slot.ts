import { clockTime, minutesOf, momentOf, plusDays, wallOf } from '@/shared/crm/clock';

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

/** The moments that were typed; null when they are no stretch of time. Midnight as the end is that of the day's end. */
export function momentsOf(values: SlotValues, zone: string): { starts_at: string; ends_at: string } | null {
  const [from, to] = [minutesOf(values.from), minutesOf(values.to)];
  if (!values.day || from === null || to === null) return null;
  const last = values.to_day && values.to_day > values.day ? values.to_day : values.day;
  const day = last === values.day && to === 0 ? plusDays(last, 1) : last;
  const starts_at = momentOf({ day: values.day, minutes: from }, zone);
  const ends_at = momentOf({ day, minutes: to }, zone);
  return Date.parse(ends_at) > Date.parse(starts_at) ? { starts_at, ends_at } : null;
}
