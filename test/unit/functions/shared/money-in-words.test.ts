import { data } from 'currency-codes';
import { describe, expect, test } from 'vitest';
import { inWords, money } from '../../../../functions/shared/kernel/money.ts';

describe('Money in words', () => {
  test.each([
    [8_800, 'CNY', '88.00 CNY'],
    [5, 'EUR', '0.05 EUR'],
    [-5, 'EUR', '-0.05 EUR'],
    [0, 'USD', '0.00 USD'],
    [500, 'JPY', '500 JPY'],
    [0, 'KRW', '0 KRW'],
    [50, 'KWD', '0.050 KWD'],
    [12_345, 'BHD', '12.345 BHD'],
    [7, 'CLF', '0.0007 CLF'],
    [Number.MAX_SAFE_INTEGER, 'CNY', '90071992547409.91 CNY'],
  ])('%i minor units of %s are %s', (amount, currency, words) => {
    expect(inWords(money(amount, currency))).toBe(words);
  });

  /** Precious metals, funds of bonds and codes for tests have no minor units, and nobody pays with them. */
  const currencies = data.filter(({ code }) => !/^X(A[GU]|B[ABCD]|DR|P[DT]|SU|TS|UA|XX)$/.test(code));

  test.each(currencies)('has as many decimals as ISO 4217 gives to $code', ({ code, digits }) => {
    expect(inWords(money(1, code))).toBe(`${(10 ** -digits).toFixed(digits)} ${code}`);
  });
});
