/** Orders and refunds as WeChat Pay shows them. */
import type { WechatPaySecrets } from './identity.ts';
import type { Order, OrderRefund } from './orders.ts';
import { chinaTime } from './protocol.ts';

export function shownOrder(order: Order, { appid, mchid }: WechatPaySecrets) {
  const isPaid = order.state === 'SUCCESS' || order.state === 'REFUND';
  return {
    appid,
    mchid,
    out_trade_no: order.number,
    trade_state: order.state,
    trade_state_desc: order.state,
    ...(isPaid
      ? {
          transaction_id: order.transactionId,
          trade_type: 'NATIVE',
          success_time: chinaTime(Date.now()),
          payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
          amount: { total: order.amount, payer_total: order.amount, currency: 'CNY', payer_currency: 'CNY' },
        }
      : { amount: { total: order.amount, currency: 'CNY' } }),
  };
}

export const shownRefund = (order: Order, { refundNo, refundId, amount, status }: OrderRefund) => ({
  refund_id: refundId,
  out_refund_no: refundNo,
  transaction_id: order.transactionId,
  out_trade_no: order.number,
  channel: 'ORIGINAL',
  user_received_account: 'The balance of the customer',
  create_time: chinaTime(Date.now()),
  status,
  amount: { total: order.amount, refund: amount, payer_total: order.amount, payer_refund: amount, currency: 'CNY' },
});
