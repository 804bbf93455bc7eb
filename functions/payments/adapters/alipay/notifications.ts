import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import type { NotificationReader } from '../../application/notification-ports.ts';
import { isRefundNumber, orderIdOf } from '../our-number.ts';
import type { AlipayCredential } from './credential.ts';
import { isSigned } from './signing.ts';

/**
 * Notifications of Alipay: a form, of which the numbers of the order and of the refund are used, and nothing else. It has no age: repetitions come for 25 hours.
 * Source: opendocs.alipay.com/open/270/105902.
 */
export const alipayNotifications = (
  credentials: Pick<CredentialSource<AlipayCredential>, 'current'>,
): NotificationReader => ({
  async verify({ rawBody }) {
    const { appId, sellerId, alipayKey } = await credentials.current();
    const fields = Object.fromEntries(new URLSearchParams(rawBody));
    if (!isSigned(fields, alipayKey)) return refuse('It is not signed by Alipay.');
    const { app_id: app, seller_id: seller, notify_id: notificationId, out_trade_no: number = '' } = fields;
    if (app !== appId || seller !== sellerId) return refuse('It is for another app or another seller.');
    if (notificationId === undefined) return refuse('It has no notify_id.');
    const orderId = orderIdOf(number);
    if (orderId === undefined) return refuse('Its out_trade_no is no number of ours.');
    const { refund_fee: refunded, out_biz_no: refundNumber = '' } = fields;
    if (refunded === undefined) return accept({ orderId, notificationId });
    return accept({
      orderId,
      notificationId,
      ofRefund: true,
      ...(isRefundNumber(refundNumber) && { refundNumber }),
    });
  },
  taken: { status: 200, body: 'success', contentType: 'text/plain' },
  refused: { status: 401, body: 'fail', contentType: 'text/plain' },
});
