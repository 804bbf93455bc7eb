/** Every method of payment: one that is added without its channel here does not compile. */
import type { PaymentMethod } from '../../../functions/published/order-events.ts';
import { alipay } from './alipay.ts';
import type { Method, Will } from './method.ts';
import { wechatPay } from './wechat-pay.ts';

const TOKENS: Readonly<Partial<Record<Will, string>>> = {
  pays: 'tok_ok',
  // Good for the two units that the order wants.
  'pays no more': 'tok_limit_9000',
  'is refused': 'tok_declined',
};

const card: Method = {
  type: 'card',
  paymentOf: (will) => {
    const token = TOKENS[will];
    return token === undefined ? undefined : { type: 'card', token };
  },
  adjustable: true,
};

/** Undefined for a method whose channel the matrix does not simulate yet. */
export const METHODS: Readonly<Record<PaymentMethod['type'], Method | undefined>> = {
  card,
  alipay,
  wechat_pay: wechatPay,
  bank_transfer: undefined,
};
