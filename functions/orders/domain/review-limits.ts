import { type Currency, exponentOf } from '../../shared/kernel/money.ts';

/** From which total on, in minor units of a currency, orders wait for an operator's approval; undefined: none do. */
export type ReviewFrom = (currency: Currency) => number | undefined;

/** What `reviewFromIn` reads. */
export const REVIEW_FROM_PATTERN = /^\d{1,12}(?:,[A-Z]{3}=\d{1,15})*$/;

/**
 * Reads `1000000,JPY=1500000`: the first number holds for every currency that is not named after it. It counts hundredths of a
 * major unit: 1000000 is 10,000.00 EUR, 10,000 JPY and 10,000.000 KWD. A named currency has its own minor units. 0: no order waits.
 */
export function reviewFromIn(text: string): ReviewFrom {
  const [hundredths = '0', ...named] = text.split(',');
  const byCurrency = new Map(named.map((entry) => entry.split('=') as [Currency, string]));
  return (currency) => {
    const own = byCurrency.get(currency);
    const limit = own === undefined ? inMinorUnits(Number(hundredths), currency) : Number(own);
    return limit > 0 ? limit : undefined;
  };
}

/** Divides where a currency has fewer decimals: a product with a fraction would be off by one at times. */
function inMinorUnits(hundredths: number, currency: Currency): number {
  const decimals = exponentOf(currency);
  return decimals < 2 ? Math.ceil(hundredths / 10 ** (2 - decimals)) : hundredths * 10 ** (decimals - 2);
}
