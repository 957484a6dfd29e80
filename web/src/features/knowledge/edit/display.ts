import type { Schemas } from '@/shared/api/client';
import { i18n } from '@/shared/i18n';
import type { TextLanguage, Texts } from './texts';

/** What is shown of a fact: how much, in what, and how that binds. */
interface Amount {
  value: number | string;
  bound: Schemas['KnowledgeBound'];
  unit: Schemas['KnowledgeUnit'];
}

/** Languages in which an amount can be said from its parts. */
const SPOKEN = ['ru', 'en'] as const;

/** An amount in words, as messages say it: `до 7 %`, `up to 60 days`. Null where it takes a person to say it. */
export function displayOf({ value, bound, unit }: Amount, language: TextLanguage): string | null {
  const spoken = SPOKEN.find((one) => one === language);
  const number = Number(value);
  if (!spoken || unit === 'text' || value === '' || !Number.isFinite(number)) return null;
  const say = i18n.getFixedT(spoken, 'knowledge');
  // After "до" and "от" Russian counts in another case.
  const counted = bound === 'exact' ? 'amount' : 'amount_bound';
  const amount = say(`${counted}.${unit}`, {
    count: number,
    number: new Intl.NumberFormat(spoken).format(number),
  });
  return say(`bounded.${bound}`, { amount });
}

/** The texts after the amount has changed: those that said the amount before say the new one, the others stay. */
export function follow(display: Texts, before: Amount, after: Amount): Texts {
  const next = Object.entries(display).map(([language, text]) => {
    const said = displayOf(before, language as TextLanguage);
    const follows = text.trim() === '' || text === said;
    return [language, (follows && displayOf(after, language as TextLanguage)) || text];
  });
  return Object.fromEntries(next);
}
