const DAY_MS = 86_400_000;

/** Days from one calendar day to another; below 0 when it is over. */
export function daysTo(day: string, today: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
}
