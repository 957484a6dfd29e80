/** What a person typed and the server does not have yet: it outlives a reload, another page and a lost server. */
const PREFIX = 'alfa.typed.';

/** The text kept under a name; null when there is none. */
export function keptText(name: string): string | null {
  return localStorage.getItem(PREFIX + name);
}

/** Keeps a text in this browser; null forgets it. */
export function keepText(name: string, text: string | null) {
  if (text === null) localStorage.removeItem(PREFIX + name);
  else localStorage.setItem(PREFIX + name, text);
}
