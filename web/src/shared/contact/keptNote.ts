const PREFIX = 'alfa.note.';

/** A note that was begun and that the server does not have yet; null when there is none. */
export function keptNote(contactId: number): string | null {
  return localStorage.getItem(PREFIX + contactId);
}

/** Keeps what was typed in the browser, so that a reload or a lost server loses nothing; null forgets it. */
export function keepNote(contactId: number, text: string | null) {
  if (text === null) localStorage.removeItem(PREFIX + contactId);
  else localStorage.setItem(PREFIX + contactId, text);
}
