import type { Money } from '../api/types.ts';

/** How many digits the currency has behind its point, such as 0 for JPY and 3 for KWD. */
export const exponentOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An exact decimal number: `{amount: 8800, currency: 'CNY'}` is `88.00`. */
export function decimalOf({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

/**
 * The amount as the reader writes it, with the code of its currency: several share the sign ¥.
 * @param language BCP 47
 */
export function shownMoney(money: Money, language: string): string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'code',
  });
  return format.format(decimalOf(money) as Intl.StringNumericLiteral).replaceAll('\u00a0', '\u202f');
}

/**
 * A part of an amount in percent, such as `12.5%`.
 * @param part in hundredths of a percent
 * @param language BCP 47
 */
export const shownPart = (part: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(part / 10_000);

/**
 * The minor units of a number that a person has typed.
 * @returns undefined when it is no positive amount of that currency
 */
export function minorUnitsIn(text: string, currency: string): number | undefined {
  const exponent = exponentOf(currency);
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > exponent) return undefined;
  const amount = Number(whole + fraction.padEnd(exponent, '0'));
  return amount > 0 && Number.isSafeInteger(amount) ? amount : undefined;
}
