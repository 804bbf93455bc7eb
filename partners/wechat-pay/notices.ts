import { randomUUID } from 'node:crypto';
import type { Notice } from '../shared/notifier.ts';
import { newRsaKeys } from '../shared/rsa.ts';
import { sealed, type WechatPaySecrets } from './identity.ts';
import type { Order, OrderRefund } from './orders.ts';
import { chinaTime } from './protocol.ts';
import { shownOrder, shownRefund } from './shown.ts';
import { headersBy, signedHeaders } from './signing.ts';

export const paymentNotice = (order: Order, secrets: WechatPaySecrets, now: () => number): Notice =>
  notice({ order, url: order.notifyUrl, type: 'TRANSACTION.SUCCESS', of: 'transaction' }, shownOrder(order, secrets), {
    secrets,
    now,
  });

export const refundNotice = (
  order: Order,
  refund: OrderRefund,
  secrets: WechatPaySecrets,
  now: () => number,
): Notice => {
  const { status, user_received_account, ...shown } = shownRefund(order, refund);
  return notice(
    { order, url: refund.notifyUrl!, type: `REFUND.${status}`, of: 'refund' },
    { ...shown, mchid: secrets.mchid, refund_status: status, user_received_account },
    { secrets, now },
  );
};

function notice(
  { order, url, type, of }: { readonly order: Order; readonly url: string; readonly type: string; readonly of: string },
  resource: object,
  { secrets, now }: { readonly secrets: WechatPaySecrets; readonly now: () => number },
): Notice {
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: chinaTime(now()),
    resource_type: 'encrypt-resource',
    event_type: type,
    summary: type,
    resource: { original_type: of, ...sealed(JSON.stringify(resource), of, secrets) },
  });
  return {
    key: order.number,
    kind: type,
    url,
    request: (forged) => ({
      headers: {
        'content-type': 'application/json',
        ...(forged
          ? headersBy(newRsaKeys(), order.serial, body, now())
          : signedHeaders(body, order.serial, secrets, now())),
      },
      body,
    }),
    isAccepted: (status) => status === 200 || status === 204,
  };
}
