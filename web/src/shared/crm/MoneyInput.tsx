import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { language } from '../i18n';
import { decimalMark } from './amountProblem';
import { useBusiness } from './business';
import { typedMoney } from './money';

/** The sign of a currency in the language of now. */
function signOf(currency: string): string {
  const parts = new Intl.NumberFormat(language(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/**
 * An amount in the business's currency, in its major unit. What is typed stays as it is typed; `minorOf` reads it and
 * `amountProblem` says what can not be read.
 */
export function MoneyInput({
  value = '',
  ...props
}: Omit<TextInputProps, 'value'> & { value?: number | string }) {
  const { currency } = useBusiness();
  const sign = signOf(currency);
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      maxLength={40}
      rightSection={
        <Text size="sm" c="dimmed">
          {sign}
        </Text>
      }
      rightSectionWidth={`calc(${sign.length}ch + 1.5rem)`}
      rightSectionPointerEvents="none"
      value={typeof value === 'number' ? typedMoney(value, currency, decimalMark()) : value}
      {...props}
    />
  );
}
