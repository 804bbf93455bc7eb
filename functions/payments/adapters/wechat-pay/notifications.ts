import * as z from 'zod';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import { jsonIn } from '../../../shared/outbound/credentials/secret-text.ts';
import type { NotificationReader } from '../../application/notification-ports.ts';
import { isRefundNumber, orderIdOf } from '../our-number.ts';
import type { WechatPayCredential } from './credential.ts';
import type { PlatformCertificates } from './platform-certificates.ts';
import { unsealed } from './sealed-resource.ts';

const notification = z.object({
  id: z.string().min(1),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().optional(),
  }),
});
const content = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  out_refund_no: z.string().optional(),
});

/**
 * Notifications of WeChat Pay, of payments and of refunds: of the sealed resource, the numbers of the order and of the refund are used,
 * and nothing else.
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012791861.
 */
export const wechatPayNotifications = (
  credentials: Pick<CredentialSource<WechatPayCredential>, 'current'>,
  certificates: Pick<PlatformCertificates, 'distrust'>,
): NotificationReader => ({
  async verify({ headers, rawBody, receivedAt }) {
    const credential = await credentials.current();
    const { mchid, apiV3Key } = credential;
    const reason = await certificates.distrust({ headers, text: rawBody }, credential, receivedAt);
    if (reason !== undefined) return refuse(reason);
    const sent = notification.safeParse(jsonIn(rawBody)).data;
    if (sent === undefined) return refuse('It has no sealed resource.');
    const text = unsealed(sent.resource, apiV3Key);
    const told = text === undefined ? undefined : content.safeParse(jsonIn(text)).data;
    if (told === undefined) return refuse('Its resource cannot be opened with our APIv3 key, or names no order.');
    if (told.mchid !== mchid) return refuse('It is for another merchant.');
    const orderId = orderIdOf(told.out_trade_no);
    if (orderId === undefined) return refuse('Its out_trade_no is no number of ours.');
    const { out_refund_no: refundNumber } = told;
    if (refundNumber === undefined) return accept({ orderId, notificationId: sent.id });
    return accept({
      orderId,
      notificationId: sent.id,
      ofRefund: true,
      ...(isRefundNumber(refundNumber) && { refundNumber }),
    });
  },
  taken: { status: 204, body: '', contentType: 'application/json' },
  refused: { status: 401, body: '{"code":"FAIL","message":"not verified"}', contentType: 'application/json' },
});
