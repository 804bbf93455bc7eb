import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { OrderLog } from '../published/order-log.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { safeUrl } from '../shared/edge/safe-url.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import type { OrderId } from '../shared/kernel/ids.ts';
import { credentialMetrics } from '../shared/outbound/chain-metrics.ts';
import { parseCredential } from '../shared/outbound/credentials/credential.ts';
import { exchangeWith } from '../shared/outbound/credentials/deployed.ts';
import { credentialOf, partnerExchange } from '../shared/outbound/deployed.ts';
import { nodeExchange } from '../shared/outbound/http-exchange.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { alipayGateway } from './adapters/alipay/alipay-gateway.ts';
import { parseAlipayCredential } from './adapters/alipay/credential.ts';
import { alipayNotifications } from './adapters/alipay/notifications.ts';
import { alipayExchange } from './adapters/alipay/signed-exchange.ts';
import { bankMonitor } from './adapters/bank/bank-monitor.ts';
import { bankGateway, deployedPayouts, unmatchedTransfers } from './adapters/bank/deployed.ts';
import { cardGateway } from './adapters/card/card-gateway.ts';
import { cardExchange } from './adapters/card/exchange.ts';
import { cardNotifications, parseNotificationKey } from './adapters/card/notifications.ts';
import { DynamoDbRefundWatch, RefundWatchBeginning } from './adapters/dynamodb-refund-watch.ts';
import { notificationMonitor } from './adapters/notification-monitor.ts';
import {
  ALIPAY,
  CARD_NOTIFICATIONS,
  CARD_RETURN_VARIABLE,
  checkoutRoutes,
  NOTIFICATIONS_VARIABLE,
  PAYMENT_ROUTES,
  WECHAT_PAY,
} from './adapters/partner.ts';
import { PAYMENT_TABLES } from './adapters/tables.ts';
import { parseWechatPayCredential } from './adapters/wechat-pay/credential.ts';
import { wechatPayNotifications } from './adapters/wechat-pay/notifications.ts';
import { PlatformCertificates } from './adapters/wechat-pay/platform-certificates.ts';
import { wechatPayExchange } from './adapters/wechat-pay/signed-exchange.ts';
import { wechatPayGateway } from './adapters/wechat-pay/wechat-pay-gateway.ts';
import type { NotificationReaders } from './application/notification-ports.ts';
import type { PaymentDeps, PaymentGateways } from './application/ports.ts';
import type { NotificationDeps } from './application/receive-notification.ts';
import { refundsOnRecord } from './domain/refunds-on-record.ts';

const way = { exchange: nodeExchange, observer: credentialMetrics, now: Date.now };
const newNonce = (): string => randomUUID().replaceAll('-', '');

function platformCertificates(): PlatformCertificates {
  const { [WECHAT_PAY.variable]: baseUrl } = readEnvironment(z.object({ [WECHAT_PAY.variable]: safeUrl }));
  return new PlatformCertificates({ exchange: nodeExchange, baseUrl, now: Date.now, newNonce });
}

function deployedGateways(log: Pick<OrderLog, 'read'>): PaymentGateways {
  const {
    [ALIPAY.variable]: baseUrl,
    [NOTIFICATIONS_VARIABLE]: notifications,
    [CARD_RETURN_VARIABLE]: returnUrl,
  } = readEnvironment(
    z.object({ [ALIPAY.variable]: safeUrl, [NOTIFICATIONS_VARIABLE]: safeUrl, [CARD_RETURN_VARIABLE]: safeUrl }),
  );
  // Channels do not list the refunds of a payment: each is asked for by the number that was made of its id, or that a notification has told.
  const refunds = async (orderId: OrderId) => refundsOnRecord(await log.read(orderId));
  const alipay = credentialOf(ALIPAY, parseAlipayCredential);
  const wechatPay = credentialOf(WECHAT_PAY, parseWechatPayCredential);
  return {
    card: cardGateway({
      exchange: partnerExchange(PAYMENT_ROUTES, (partner) =>
        cardExchange(exchangeWith(partner.name, credentialOf(partner, parseCredential))),
      ),
      returnUrl,
      now: Date.now,
    }),
    alipay: alipayGateway({
      exchange: partnerExchange(checkoutRoutes(ALIPAY), () => alipayExchange({ ...way, credentials: alipay })),
      baseUrl: baseUrl,
      notifyUrl: `${notifications}/${ALIPAY.name}`,
      credentials: alipay,
      refunds,
      now: Date.now,
    }),
    wechat_pay: wechatPayGateway({
      exchange: partnerExchange(checkoutRoutes(WECHAT_PAY), () =>
        wechatPayExchange({ ...way, credentials: wechatPay, certificates: platformCertificates(), newNonce }),
      ),
      notifyUrl: `${notifications}/${WECHAT_PAY.name}`,
      credentials: wechatPay,
      refunds,
      newNonce,
      now: Date.now,
    }),
    bank_transfer: bankGateway(log, refunds),
  };
}

/** Who reads the notifications of each channel, by the name that its address ends with. */
const notificationReaders = (): NotificationReaders => ({
  [CARD_NOTIFICATIONS.name]: cardNotifications(credentialOf(CARD_NOTIFICATIONS, parseNotificationKey)),
  [ALIPAY.name]: alipayNotifications(credentialOf(ALIPAY, parseAlipayCredential)),
  [WECHAT_PAY.name]: wechatPayNotifications(credentialOf(WECHAT_PAY, parseWechatPayCredential), platformCertificates()),
});

/** The dependencies of the functions that deal with payments, as they are deployed. */
export const deployedPayments = (): PaymentDeps => {
  const deps = stepDeps();
  return { ...deps, gateways: deployedGateways(deps.log) };
};

export const deployedNotifications = (): NotificationDeps => ({
  ...stepDeps(),
  readers: notificationReaders(),
  monitor: notificationMonitor,
});

/** The dependencies of the function in which people decide about transfers. */
export const deployedDecisions = () => ({
  ...stepDeps(),
  transfers: unmatchedTransfers(),
  idempotency: dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency)),
});

export const refundWatch = () => new DynamoDbRefundWatch(documentClient(), tableName(PAYMENT_TABLES.bankTransfers));

export const refundWatchBeginning = () =>
  new RefundWatchBeginning(documentClient(), tableName(PAYMENT_TABLES.bankTransfers));

/** The dependencies of the functions that give transfers back. */
export const deployedReturns = () => ({ ...stepDeps(), payouts: deployedPayouts(), bankMonitor });
