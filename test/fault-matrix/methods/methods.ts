/** Every method of payment: one that is added without its channel here does not compile. */
import type { PaymentMethod } from '../../../functions/published/order-events.ts';
import { alipay } from './alipay.ts';
import { bankTransfer } from './bank-transfer.ts';
import { card } from './card.ts';
import type { Method } from './method.ts';
import { wechatPay } from './wechat-pay.ts';

export const METHODS: Readonly<Record<PaymentMethod['type'], Method>> = {
  card,
  alipay,
  wechat_pay: wechatPay,
  bank_transfer: bankTransfer,
};
