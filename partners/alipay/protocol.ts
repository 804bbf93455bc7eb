/** Requests of OpenAPI v2 as far as a merchant of ours uses it, and the movements of the ledger. Source: opendocs.alipay.com. */
import * as z from 'zod';

/** Yuan with at most two decimals, as fen. */
const amount = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,2})?$/)
  .transform((text) => {
    const [yuan, fen = ''] = text.split('.');
    return Number(yuan) * 100 + Number(fen.padEnd(2, '0'));
  })
  .refine((fen) => fen > 0);
const number = z.string().regex(/^\w{1,64}$/);

export const order = z.object({
  out_trade_no: number,
  total_amount: amount,
  subject: z.string().min(1).max(256),
  product_code: z.string().optional(),
  /** China time. */
  time_expire: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    .optional(),
});
export type Order = z.output<typeof order>;

export const payment = order.extend({ auth_code: z.string(), scene: z.literal('bar_code') });

export const trade = z
  .object({ out_trade_no: number.optional(), trade_no: number.optional() })
  .refine(({ out_trade_no: ours, trade_no: theirs }) => ours !== undefined || theirs !== undefined);

export const refund = trade.and(z.object({ refund_amount: amount, out_request_no: number.optional() }));
export const refundQuery = trade.and(z.object({ out_request_no: number }));
export const BILL_TYPES = ['trade', 'signcustomer'] as const;
export type BillType = (typeof BILL_TYPES)[number];
export const bill = z.object({
  bill_type: z.enum(BILL_TYPES),
  bill_date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});

/** The parameters that every call has. */
export const common = z.object({
  app_id: z.string(),
  method: z.string(),
  format: z.literal('JSON').optional(),
  charset: z.literal('utf-8'),
  sign_type: z.literal('RSA2'),
  sign: z.string(),
  timestamp: z.string(),
  version: z.literal('1.0'),
  biz_content: z.string(),
  notify_url: z.url().optional(),
  return_url: z.url().optional(),
  app_cert_sn: z.string().optional(),
  alipay_root_cert_sn: z.string().optional(),
});
export type Common = z.output<typeof common>;

/**
 * One entry of the ledger, under the merchant's number of the trade; amounts in fen. An offer is a trade to be: a QR code that nobody has
 * scanned. A refund that is accepted moves money only when it is made.
 */
export type TradeMovement =
  | {
      readonly kind: 'offer';
      readonly tradeNo: string;
      readonly amount: number;
      readonly subject: string;
      readonly notifyUrl?: string | undefined;
      /** Milliseconds since the epoch. */
      readonly expiresAt: number;
    }
  | { readonly kind: 'trade' }
  | { readonly kind: 'payment'; readonly amount: number }
  | { readonly kind: 'closure' }
  | { readonly kind: 'refund-acceptance'; readonly amount: number; readonly requestNo: string }
  | { readonly kind: 'refund'; readonly amount: number; readonly requestNo: string };

/** A call that Alipay refuses, with the codes of its answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly subCode: string;

  constructor(subCode: string, code = '40004') {
    super(subCode);
    this.code = code;
    this.subCode = subCode;
  }
}

/** `2026-11-27 16:00:00`: what Alipay writes and expects is China time. */
export const chinaTime = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
export const fromChinaTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);

/** `8800` is `"88.00"`. */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
