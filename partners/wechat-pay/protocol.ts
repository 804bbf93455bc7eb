/** Requests of API v3 as far as a merchant of ours uses it, and the movements of the ledger. Source: pay.weixin.qq.com/doc/v3. */
import * as z from 'zod';

const number = z.string().regex(/^[\w|*-]{6,32}$/);
const fen = z.int().min(1);
const time = z.iso.datetime({ offset: true });

export const order = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: z.string().min(1).max(127),
  out_trade_no: number,
  notify_url: z.url(),
  time_expire: time.optional(),
  amount: z.object({ total: fen, currency: z.literal('CNY').default('CNY') }),
  payer: z.object({ openid: z.string().min(1) }).optional(),
  scene_info: z.object({ payer_client_ip: z.string(), h5_info: z.object({ type: z.string() }).optional() }).optional(),
});
export type OrderRequest = z.output<typeof order>;

export const merchant = z.object({ mchid: z.string() });

export const refund = z.object({
  out_trade_no: number,
  out_refund_no: z.string().regex(/^[\w|*@-]{1,64}$/),
  reason: z.string().max(80).optional(),
  notify_url: z.url().optional(),
  amount: z.object({ refund: fen, total: fen, currency: z.literal('CNY') }),
});
export type RefundRequest = z.output<typeof refund>;

export const REFUND_ENDS = ['SUCCESS', 'ABNORMAL', 'CLOSED'] as const;
export type RefundEnd = (typeof REFUND_ENDS)[number];

/** One entry of the ledger, under the merchant's number of the order; amounts in fen. A refund moves money when it ends in `SUCCESS`. */
export type OrderMovement =
  | {
      readonly kind: 'order';
      readonly transactionId: string;
      readonly amount: number;
      readonly description: string;
      readonly notifyUrl: string;
      /** Names the key that notifications of this order are signed with. */
      readonly serial: string;
      /** Milliseconds since the epoch. */
      readonly expiresAt: number;
    }
  | { readonly kind: 'typing' }
  | { readonly kind: 'failure' }
  | { readonly kind: 'payment'; readonly amount: number }
  | { readonly kind: 'closure' }
  | {
      readonly kind: 'refund-acceptance';
      readonly amount: number;
      readonly refundNo: string;
      readonly refundId: string;
      readonly notifyUrl?: string | undefined;
    }
  | { readonly kind: 'refund'; readonly amount: number; readonly refundNo: string; readonly end: RefundEnd };

/** Names an order to the bridge of a page within WeChat. */
export const prepayIdOf = (transactionId: string): string => `wx${transactionId}`;

/** A request that WeChat Pay refuses: the status and the code of its answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message = code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** `2026-11-27T16:00:00+08:00`: what WeChat Pay writes is China time. */
export const chinaTime = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
