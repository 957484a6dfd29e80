import { language } from '../i18n/instance';

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** A share of one as per cent: `0.253` is `25.3 %`. */
export function percent(share: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Money: whole minor units of a currency (kopecks, cents). */
export function money(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat(language(), { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}

/** A phone in E.164 as people write it; Russian ones grouped, others as they are. */
export function phone(e164: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : e164;
}
