/** Whether a text is a day of the calendar, as `2026-11-28`. Stands alone: addresses are checked before a page is loaded. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
