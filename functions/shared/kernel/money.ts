/** ISO 4217 code. */
export type Currency = string;

/** An exact amount in minor units (fen, cents): `{ amount: 8800, currency: 'CNY' }` is ¥88.00. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** @throws RangeError unless `amount` is a safe integer. */
export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`Money is a whole number of minor units below 2^53, got ${amount} ${currency}.`);
  }
  return { amount, currency };
}

/** How many digits of a major unit the minor units of a currency are, where it is not two. ISO 4217; CLDR, and with it Intl, drops some. */
const EXPONENTS: Readonly<Record<Currency, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
};

/** In major units, without the currency: `88.00`, `500`, `0.050`, as ISO 20022 and people write it. */
export function decimalOf({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const units = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = units.slice(0, units.length - exponent);
  const fraction = exponent === 0 ? '' : `.${units.slice(-exponent)}`;
  return `${amount < 0 ? '-' : ''}${whole}${fraction}`;
}

/** For a reader: `88.00 CNY`, `500 JPY`, `0.050 KWD`. */
export const inWords = (amount: Money): string => `${decimalOf(amount)} ${amount.currency}`;

/** What `decimalOf` has written, without a sign; undefined for what is no amount of whole minor units. Zeros at its end may be left out or be too many. */
export function moneyIn(decimal: string, currency: Currency): Money | undefined {
  const exponent = exponentOf(currency);
  const { whole, fraction = '' } = /^(?<whole>\d{1,13})(?:\.(?<fraction>\d{0,5}))?$/.exec(decimal)?.groups ?? {};
  if (whole === undefined || /[1-9]/.test(fraction.slice(exponent))) return undefined;
  return money(Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0')), currency);
}

/** How many decimals the major unit of a currency has. */
export const exponentOf = (currency: Currency): number => EXPONENTS[currency] ?? 2;

function digits(exponent: number, currencies: string): Record<Currency, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, exponent]));
}

export const zero = (currency: Currency): Money => money(0, currency);

/** @throws RangeError when the currencies differ. */
export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new RangeError(`Amounts in ${left.currency} and ${right.currency} cannot be added.`);
  }
  return money(left.amount + right.amount, left.currency);
}

/** @throws RangeError unless `quantity` is a whole number. */
export function times(unit: Money, quantity: number): Money {
  return money(unit.amount * quantity, unit.currency);
}

export const sum = (amounts: readonly Money[], currency: Currency): Money => amounts.reduce(add, zero(currency));
