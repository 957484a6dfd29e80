import type { Schemas } from '@/shared/api/client';

/** Languages that a knowledge base may have, the product's own first. */
const LANGUAGES = ['ru', 'en', 'kk', 'uk', 'uz'] as const;
export type TextLanguage = (typeof LANGUAGES)[number];

/** A text of each language, as a form holds it. */
export type Texts = Partial<Record<TextLanguage, string>>;

/** The languages of the base: those that its programme's name is told in. */
export function languagesOf(program: Schemas['KnowledgeProgramAnswer']): TextLanguage[] {
  return LANGUAGES.filter((one) => program.name[one] !== undefined);
}

/** Texts for the inputs of these languages. */
export function textsFor(languages: readonly TextLanguage[], from: Texts = {}): Texts {
  return Object.fromEntries(languages.map((one) => [one, from[one] ?? '']));
}

/** Lists for inputs that have a line for each. */
export function linesFor(
  languages: readonly TextLanguage[],
  from: Partial<Record<TextLanguage, string[]>> = {},
): Texts {
  return Object.fromEntries(languages.map((one) => [one, (from[one] ?? []).join('\n')]));
}

/** What stands in a text, part by part: by lines, or by commas. */
export function parts(text: string, by: '\n' | ','): string[] {
  return text
    .split(by)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Lists again, from inputs that have a line for each. */
export function listsOf(texts: Texts): Partial<Record<TextLanguage, string[]>> {
  return Object.fromEntries(Object.entries(texts).map(([one, text]) => [one, parts(text, '\n')]));
}
