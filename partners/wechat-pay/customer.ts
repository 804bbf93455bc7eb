/** What the customer does in WeChat, what the merchant's staff refunds on WeChat Pay's page for merchants, and how refunds end. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { HttpError, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import { hasSigned } from '../shared/rsa.ts';
import type { WechatPaySecrets } from './identity.ts';
import type { Orders } from './orders.ts';
import { prepayIdOf, REFUND_ENDS, Refusal } from './protocol.ts';

/** A payment that the customer's bank has refused can be tried again. */
const CAN_PAY: ReadonlySet<string> = new Set(['NOTPAY', 'PAYERROR']);
const act = z.strictObject({ as: z.enum(['pay', 'type', 'fail']).default('pay') });
const refund = z.strictObject({ amount: z.int().min(1) });
const end = z.strictObject({ as: z.enum(REFUND_ENDS).default('SUCCESS') });

/** What a page within WeChat hands to the bridge. */
const bridge = z.strictObject({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
});

export const customerRoutes = (orders: Orders, secrets: Pick<WechatPaySecrets, 'appid' | 'merchant'>): Route[] => [
  {
    method: 'POST',
    path: new RegExp(`^/v1/orders/${KEY}/act$`),
    handle: ({ params, body = {} }) => {
      orRefused(() => orders.act(params['key']!, parse(act, body).as));
      return { status: 200, body: { state: orders.known(params['key']!).state } };
    },
  },
  {
    method: 'POST',
    path: new RegExp(`^/v1/orders/${KEY}/refund$`),
    handle: ({ params, body }) => {
      const number = params['key']!;
      const refundNo = Array.from({ length: 20 }, () => randomInt(10)).join('');
      orRefused(() => {
        // Refunds of this page are told where the merchant has set it there: here, where payments are told.
        const { amount: total, notifyUrl: notify_url } = orders.known(number);
        const amount = { refund: parse(refund, body).amount, total, currency: 'CNY' as const };
        orders.refund({ out_trade_no: number, out_refund_no: refundNo, notify_url, amount }, false);
      });
      return { status: 200, body: { out_refund_no: refundNo } };
    },
  },
  {
    method: 'POST',
    path: new RegExp(`^/v1/orders/${KEY}/bridge$`),
    handle: ({ params, body }) => {
      const { appId, timeStamp, nonceStr, package: prepaid, paySign } = parse(bridge, body);
      const { number, transactionId } = orRefused(() => orders.known(params['key']!));
      const signed = [appId, timeStamp, nonceStr, prepaid, ''].join('\n');
      const isOurs = appId === secrets.appid && prepaid === `prepay_id=${prepayIdOf(transactionId)}`;
      if (!isOurs || !hasSigned(secrets.merchant, signed, paySign)) throw new HttpError(401, 'SIGN_ERROR');
      orRefused(() => orders.act(number, 'pay'));
      return { status: 200, body: { state: orders.known(number).state } };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/refunds\/(?<refund>[\w|*@-]{1,64})\/end$/,
    handle: ({ params, body = {} }) => {
      orRefused(() => orders.endRefund(params['refund']!, parse(end, body).as));
      return { status: 200, body: {} };
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/cashier/${KEY}$`),
    handle: ({ params }) => {
      const { number, amount, state } = orRefused(() => orders.known(params['key']!));
      const pay = `<form method="post" action="/v1/orders/${number}/act"><button>Pay</button></form>`;
      return {
        status: 200,
        headers: { 'content-type': 'text/html;charset=utf-8' },
        body: `<!doctype html><title>WeChat Pay (simulated)</title><h1>${amount} fen</h1>${CAN_PAY.has(state) ? pay : state}`,
      };
    },
  },
];

function orRefused<Result>(carryOut: () => Result): Result {
  try {
    return carryOut();
  } catch (error) {
    throw error instanceof Refusal ? new HttpError(error.status, error.code) : error;
  }
}
