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

/** For a reader, in major units: `88.00 CNY`, `500 JPY`, `0.050 KWD`. */
export function inWords({ amount, currency }: Money): string {
  const exponent = EXPONENTS[currency] ?? 2;
  const units = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = units.slice(0, units.length - exponent);
  const fraction = exponent === 0 ? '' : `.${units.slice(-exponent)}`;
  return `${amount < 0 ? '-' : ''}${whole}${fraction} ${currency}`;
}

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
