/** Amounts as the card gateway counts them, which is by ISO 4217 but for a few currencies. Source: docs.stripe.com/currencies. */
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { type Currency, exponentOf, inWords, type Money, money } from '../../../shared/kernel/money.ts';
import { PaymentRequestRefused } from '../../domain/errors.ts';

/** How many decimals its amounts have, where that is not what ISO 4217 says. */
const DECIMALS: Readonly<Record<Currency, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/**
 * Of which currencies it takes multiples only, in minor units of ISO 4217: of amounts with three decimals the last one is 0, and MGA has no decimals
 * there.
 */
export const AMOUNT_STEPS: Readonly<Record<Currency, number>> = {
  BHD: 10,
  IQD: 10,
  JOD: 10,
  KWD: 10,
  LYD: 10,
  OMR: 10,
  TND: 10,
  MGA: 100,
};

/** In the gateway's units; undefined for an amount that it cannot take, such as 0.001 KWD. */
export function gatewayAmount({ amount, currency }: Money): number | undefined {
  if (amount % (AMOUNT_STEPS[currency] ?? 1) !== 0) return undefined;
  const decimals = DECIMALS[currency] ?? exponentOf(currency);
  const scaled = amount * 10 ** (decimals - exponentOf(currency));
  return Number.isSafeInteger(scaled) ? scaled : undefined;
}

/**
 * @param currency in lower case, as the gateway writes it
 * @throws RangeError for a part of a minor unit
 */
export function moneyFrom(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  const decimals = DECIMALS[code] ?? exponentOf(code);
  return money(amount / 10 ** (decimals - exponentOf(code)), code);
}

/** @throws PaymentRequestRefused for an amount that the gateway cannot take */
export function amountFor(orderId: OrderId, amount: Money): number {
  const units = gatewayAmount(amount);
  if (units === undefined) throw new PaymentRequestRefused(orderId, `it takes no ${inWords(amount)}`);
  return units;
}
