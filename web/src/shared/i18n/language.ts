/** Languages of the product. */
export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the person's choice is kept. */
export const LANGUAGE_KEY = 'alfa.language';

const isLanguage = (value: string | null | undefined): value is Language =>
  LANGUAGES.some((one) => one === value);

/** The person's choice, else the first of the browser's languages that we have, else Russian. */
export function startLanguage(): Language {
  const chosen = localStorage.getItem(LANGUAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'ru';
}
