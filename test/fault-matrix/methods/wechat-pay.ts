import { randomUUID } from 'node:crypto';
import { numberOf } from '../../../functions/payments/adapters/our-number.ts';
import { WECHAT_PAY } from '../../../functions/payments/adapters/partner.ts';
import { parseWechatPayCredential } from '../../../functions/payments/adapters/wechat-pay/credential.ts';
import { wechatPayNotifications } from '../../../functions/payments/adapters/wechat-pay/notifications.ts';
import { PlatformCertificates } from '../../../functions/payments/adapters/wechat-pay/platform-certificates.ts';
import { wechatPayExchange } from '../../../functions/payments/adapters/wechat-pay/signed-exchange.ts';
import { wechatPayGateway } from '../../../functions/payments/adapters/wechat-pay/wechat-pay-gateway.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { Faults } from '../../../partners/shared/faults.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { apiRoutes, FAULTS } from '../../../partners/wechat-pay/api.ts';
import { credentialRoute, newSecrets } from '../../../partners/wechat-pay/identity.ts';
import { Orders } from '../../../partners/wechat-pay/orders.ts';
import type { OrderMovement } from '../../../partners/wechat-pay/protocol.ts';
import { VirtualPartner } from '../../fault/virtual/partner.ts';
import { credentialFrom, RSA_BITS, refundsOf } from './common.ts';
import type { Method } from './method.ts';
import { VirtualNotifier } from './notices.ts';

const secrets = newSecrets(RSA_BITS);
const credential = parseWechatPayCredential(credentialFrom(credentialRoute(secrets)));
const credentials = { current: async () => credential };
const newNonce = (): string => randomUUID().replaceAll('-', '');
const { name } = WECHAT_PAY;
/** All are known: none is fetched. */
const certificates = (now: () => number) =>
  new PlatformCertificates({ exchange: nodeExchange, baseUrl: 'https://wechat-pay.invalid', now, newNonce });

export const wechatPay: Method = {
  type: 'wechat_pay',
  paymentOf: (will) => (will === 'pays no more' ? undefined : { type: 'wechat_pay', via: 'qr_code' }),
  adjustable: false,
  refundsFailLater: true,
  till({ time, random, merchant }) {
    const ledger = new Ledger<OrderMovement>();
    const { now } = time;
    const orders = new Orders({ ledger, notifier: new VirtualNotifier(time, merchant), secrets, now });
    const routes = apiRoutes({ orders, faults: new Faults(FAULTS), secrets, now, bills: [] });
    const endRefund = (orderId: OrderId, end: 'ABNORMAL' | 'SUCCESS'): void => {
      const last = ledger.of(numberOf(orderId)).findLast(({ kind }) => kind === 'refund');
      if (last?.kind === 'refund') orders.endRefund(last.refundNo, end);
    };
    return {
      // The card of the customer is closed; the merchant's staff then names another one on WeChat Pay's page.
      failRefund: (orderId) => endRefund(orderId, 'ABNORMAL'),
      mendRefund: (orderId) => endRefund(orderId, 'SUCCESS'),
      readers: { [name]: wechatPayNotifications(credentials, certificates(now)) },
      act: (orderId, how) => orders.act(numberOf(orderId), how),
      entries: (orderId) => ledger.of(numberOf(orderId)),
      channel: {
        method: 'wechat_pay',
        name,
        partner: new VirtualPartner(routes, time, random),
        signed: (exchange) =>
          wechatPayExchange({
            exchange,
            credentials,
            certificates: certificates(now),
            observer: { refused: () => {} },
            now,
            newNonce,
          }),
        gatewayOver: (exchange, log) =>
          wechatPayGateway({
            exchange,
            credentials,
            newNonce,
            now,
            notifyUrl: `http://merchant/${name}`,
            refunds: refundsOf(log),
          }),
      },
    };
  },
};
