import { language } from '../i18n';
import { digitsOf, isUnreadable, typedMoney } from './money';
import { text } from './texts';

/** What stands before the decimals in the language of now. */
export function decimalMark(): ',' | '.' {
  return language() === 'ru' ? ',' : '.';
}

/** What is wrong with a typed amount that can not be read, in words with an example; null for an empty input. */
export function amountProblem(typed: number | string, currency: string): string | null {
  if (!isUnreadable(typed, currency)) return null;
  const example = typedMoney(digitsOf(currency) > 0 ? 1000.5 : 1000, currency, decimalMark());
  return text('pay.amount_unreadable', { example });
}
