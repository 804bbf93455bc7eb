import { randomUUID } from 'node:crypto';
import type { Notice } from '../shared/notifier.ts';
import { newRsaKeys } from '../shared/rsa.ts';
import type { AlipaySecrets } from './identity.ts';
import { chinaTime, yuan } from './protocol.ts';
import { signedForm } from './signing.ts';
import { refundedOf, type Trade } from './trade.ts';

export interface NoticeFields {
  readonly trade_status: string;
  /** The merchant's number of the refund that it is about. */
  readonly out_biz_no?: string;
  /** Fen of that refund. */
  readonly refunded?: number;
}

/** What Alipay tells of a trade. A partial refund comes as `TRADE_SUCCESS` with the sum of all refunds. */
export function tradeNotice(
  trade: Trade,
  url: string,
  { trade_status, out_biz_no, refunded }: NoticeFields,
  secrets: AlipaySecrets,
  now: () => number,
): Notice {
  const fields = {
    notify_id: randomUUID().replaceAll('-', ''),
    notify_type: 'trade_status_sync',
    notify_time: chinaTime(now()),
    charset: 'utf-8',
    version: '1.0',
    app_id: secrets.appId,
    auth_app_id: secrets.appId,
    seller_id: secrets.sellerId,
    trade_no: trade.tradeNo,
    out_trade_no: trade.number,
    trade_status,
    total_amount: yuan(trade.amount),
    subject: trade.subject,
    gmt_payment: chinaTime(now()),
    ...(out_biz_no === undefined
      ? {}
      : { out_biz_no, refund_fee: yuan(refundedOf(trade)), gmt_refund: chinaTime(now()) }),
  };
  return {
    key: trade.number,
    kind: refunded === undefined ? trade_status : `${trade_status} refund`,
    url,
    request: (forged) => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: signedForm(fields, forged ? newRsaKeys() : secrets.alipay),
    }),
    isAccepted: (status, text) => status === 200 && text === 'success',
  };
}
