import { NumberInput, type NumberInputProps } from '@mantine/core';
import { language } from '../i18n';
import { useBusiness } from './business';
import { digitsOf } from './money';

/** The sign of a currency in the language of now. */
function signOf(currency: string): string {
  const parts = new Intl.NumberFormat(language(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** An amount in the business's currency, in its major unit. */
export function MoneyInput(props: NumberInputProps) {
  const { currency } = useBusiness();
  const comma = language() === 'ru';
  return (
    <NumberInput
      min={0}
      decimalScale={digitsOf(currency)}
      decimalSeparator={comma ? ',' : '.'}
      allowedDecimalSeparators={[',', '.']}
      thousandSeparator={comma ? ' ' : ','}
      hideControls
      suffix={` ${signOf(currency)}`}
      {...props}
    />
  );
}
