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
