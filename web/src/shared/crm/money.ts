/** Decimal places of a currency's minor unit: 2 for roubles, 0 for yen. */
export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `1000`, `1000,5`, `1000.50`. */
const PLAIN = /^(\d+)(?:[.,](\d*))?$/;
/** Thousands apart by one mark, the decimals after another: `1 000,50`, `1,000.50`, `1.000.000`. */
const GROUPED = /^(\d{1,3}([ .,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/;

/** What a person typed as whole minor units; null for an empty input, and for what is no amount: nothing of it is cut. */
export function minorOf(typed: number | string, currency: string): number | null {
  const digits = digitsOf(currency);
  if (typeof typed === 'number') return Number.isFinite(typed) ? Math.round(typed * 10 ** digits) : null;
  const plainly = typed.replace(/[\s\p{Sc}]+/gu, ' ').trim();
  // One mark before three digits is read as decimals only, which are too many: it may mean thousands, so it is asked.
  const plain = PLAIN.exec(plainly);
  const grouped = plain ? null : GROUPED.exec(plainly);
  const whole = plain?.[1] ?? grouped?.[1]?.replace(/\D/g, '');
  const fraction = plain?.[2] ?? grouped?.[3] ?? '';
  if (whole === undefined || fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Whether something is typed that is no amount. */
export function isUnreadable(typed: number | string, currency: string): boolean {
  return typed !== '' && minorOf(typed, currency) === null;
}

/** An amount as it stands in its input: `1000,50`, whole ones without decimals. */
export function typedMoney(amount: number, currency: string, mark: ',' | '.'): string {
  return (Number.isInteger(amount) ? String(amount) : amount.toFixed(digitsOf(currency))).replace('.', mark);
}

/** Minor units as a person types them. */
export function majorOf(minor: number, currency: string): number {
  return minor / 10 ** digitsOf(currency);
}
