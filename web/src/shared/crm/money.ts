/** Decimal places of a currency's minor unit: 2 for roubles, 0 for yen. */
export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** What a person typed as whole minor units; null for an empty input. */
export function minorOf(typed: number | string, currency: string): number | null {
  if (typed === '' || !Number.isFinite(Number(typed))) return null;
  return Math.round(Number(typed) * 10 ** digitsOf(currency));
}

/** Minor units as a person types them. */
export function majorOf(minor: number, currency: string): number {
  return minor / 10 ** digitsOf(currency);
}
