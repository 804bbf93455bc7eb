/** The amounts that each method of payment takes; a test holds them against the capabilities of the channels. */
import type { PaymentMethod } from '../../published/order-events.ts';
import { type Currency, type Money, money } from '../../shared/kernel/money.ts';

type Method = PaymentMethod['type'];

/** ISO 4217, of the methods of payment that take one currency only. The others take every currency of the shop. */
export const ONLY_CURRENCY: Readonly<Partial<Record<Method, Currency>>> = {
  alipay: 'CNY',
  wechat_pay: 'CNY',
};

/** In minor units of ISO 4217: the currencies of which a method takes multiples only. Without an entry it takes every amount. */
export const AMOUNT_STEPS: Readonly<Partial<Record<Method, Readonly<Record<Currency, number>>>>> = {
  card: { BHD: 10, IQD: 10, JOD: 10, KWD: 10, LYD: 10, OMR: 10, TND: 10, MGA: 100 },
};

/** The method takes multiples of `step` only. */
export interface AmountNotTaken {
  readonly kind: 'amount-not-taken';
  readonly method: Method;
  readonly amount: Money;
  readonly step: Money;
}

const stepOf = (method: Method, currency: Currency): number => AMOUNT_STEPS[method]?.[currency] ?? 1;

/** Why the method cannot charge or refund the amount; undefined when it can. */
export function amountNotTaken(method: Method, amount: Money): AmountNotTaken | undefined {
  const step = stepOf(method, amount.currency);
  if (amount.amount % step === 0) return undefined;
  return { kind: 'amount-not-taken', method, amount, step: money(step, amount.currency) };
}

/** The most that the method can pay of the amount. */
export const takenOf = (method: Method, { amount, currency }: Money): Money =>
  money(amount - (amount % stepOf(method, currency)), currency);
