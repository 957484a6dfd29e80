/** Lengths of time that are one press away, in days. */
export const PRESETS = [7, 30, 90, 365] as const;
export type Preset = (typeof PRESETS)[number];

export const DEFAULT_PRESET: Preset = 30;

/** Days that are looked at, both ends included, as the business counts them. */
export interface Days {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

/** Which day it is in a time zone: `2026-11-03`. */
export function dayIn(zone: string, at: Date): string {
  // The Swedish way of writing a day is ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
}

/** The day so many days before another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

interface Chosen {
  days?: Preset;
  from?: string;
  to?: string;
}

/** The days that the address asks for: its own ends, or the last so many. */
export function daysOf(chosen: Chosen, today: string): Days {
  if (chosen.from || chosen.to) {
    const to = chosen.to ?? today;
    return { from: chosen.from ?? daysBefore(to, DEFAULT_PRESET - 1), to };
  }
  return { from: daysBefore(today, (chosen.days ?? DEFAULT_PRESET) - 1), to: today };
}
