let inUse: string | undefined;

/** Whose clock times are shown by: an IANA name; the browser's own clock until the business's is known. */
export function zone(): string | undefined {
  return inUse;
}

/** Has all times shown by this clock: the business's, wherever the person sits. A zone that the browser does not know is left out. */
export function setZone(name: string | undefined) {
  try {
    inUse = name && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    inUse = undefined;
  }
}
