import type { PaymentMethod } from '../../published/order-events.ts';

/** ISO 4217, of the methods of payment that take one currency only. The others take every currency of the shop. */
export const ONLY_CURRENCY: Readonly<Partial<Record<PaymentMethod['type'], string>>> = {
  alipay: 'CNY',
  wechat_pay: 'CNY',
};
