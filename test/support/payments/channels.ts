/** The adapters of the channels at which customers pay at checkout, at their simulated channels. */
import { randomUUID } from 'node:crypto';
import { alipayGateway } from '../../../functions/payments/adapters/alipay/alipay-gateway.ts';
import { parseAlipayCredential } from '../../../functions/payments/adapters/alipay/credential.ts';
import { alipayNotifications } from '../../../functions/payments/adapters/alipay/notifications.ts';
import { alipayExchange } from '../../../functions/payments/adapters/alipay/signed-exchange.ts';
import { numberOf, refundNumberOf } from '../../../functions/payments/adapters/our-number.ts';
import { parseWechatPayCredential } from '../../../functions/payments/adapters/wechat-pay/credential.ts';
import { wechatPayNotifications } from '../../../functions/payments/adapters/wechat-pay/notifications.ts';
import { PlatformCertificates } from '../../../functions/payments/adapters/wechat-pay/platform-certificates.ts';
import { wechatPayExchange } from '../../../functions/payments/adapters/wechat-pay/signed-exchange.ts';
import { wechatPayGateway } from '../../../functions/payments/adapters/wechat-pay/wechat-pay-gateway.ts';
import type { NotificationReader } from '../../../functions/payments/application/notification-ports.ts';
import type { PaymentGateway, PaymentTerms } from '../../../functions/payments/application/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { alipay } from '../../../partners/alipay/program.ts';
import { wechatPay } from '../../../partners/wechat-pay/program.ts';
import { directExchange } from '../partners/direct-exchange.ts';
import { serveChannel, serveMerchant } from './served-channel.ts';

export type Operation = 'query' | 'open' | 'close' | 'refund' | 'queryRefund';

export interface ChannelWorld {
  readonly gateway: PaymentGateway;
  readonly notifications: NotificationReader;
  readonly terms: PaymentTerms;
  /** Sends the first notification about the order again. */
  sendAgain(orderId: OrderId, how?: { readonly forged: boolean }): Promise<unknown>;
  /** The refusals of our credential. */
  readonly refused: string[];
  readonly merchant: Awaited<ReturnType<typeof serveMerchant>>;
  pay(orderId: OrderId): Promise<unknown>;
  /** What goes wrong with the next call, or with one after it. */
  fail(operation: Operation, fault: string, after?: number): Promise<unknown>;
  /** The fault of a refund while the shop has too little money. */
  readonly tooLittle: string;
  endRefund(orderId: OrderId, refundId: string): Promise<unknown>;
  /** Somebody refunds at the channel itself. */
  refundThere(orderId: OrderId, amount: number): Promise<unknown>;
  /** The numbers of refunds of which notifications have told. */
  readonly told: string[];
  ledger(orderId: OrderId): Promise<readonly string[]>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const REFUNDS = ['r-1', 'r-2'];

async function world(start: () => ReturnType<typeof serveChannel>) {
  const [channel, merchant] = await Promise.all([start(), serveMerchant({ status: 200, text: 'success' })]);
  const refused: string[] = [];
  const told: string[] = [];
  const common = {
    refunds: async () => ({ ids: REFUNDS, attempts: 2, told }),
    notifyUrl: merchant.url,
    now: Date.now,
  };
  return {
    channel,
    common,
    shared: {
      refused,
      told,
      merchant,
      sendAgain: async (orderId: OrderId, how: object = {}) => {
        const about = await channel.ask<{ notifications: { id: number }[] }>(
          'GET',
          `/v1/notifications?key=${numberOf(orderId)}`,
        );
        return channel.ask('POST', `/v1/notifications/${about.notifications[0]!.id}/send`, how);
      },
      ledger: async (orderId: OrderId) => {
        const { entries } = await channel.ask<{ entries: { kind: string }[] }>(
          'GET',
          `/v1/ledger?key=${numberOf(orderId)}`,
        );
        return entries.map(({ kind }) => kind);
      },
      close: async () => {
        await Promise.all([channel.close(), merchant.close()]);
      },
    },
    exchanged: {
      exchange: nodeExchange,
      observer: { refused: (partner: string, keyId: string) => void refused.push(`${partner} ${keyId}`) },
      now: Date.now,
    },
  };
}

export async function alipayWorld(mode: 'key' | 'certificates'): Promise<
  ChannelWorld & {
    /** The customer pays right before Alipay cancels a trade. */
    payBeforeCancel(): Promise<unknown>;
  }
> {
  const { channel, common, shared, exchanged } = await world(() => serveChannel(alipay()));
  const text = JSON.stringify(await channel.ask('GET', `/v1/credential?mode=${mode}`));
  const credential = parseAlipayCredential(text);
  const credentials = { current: async () => credential };
  const baseUrl = channel.url;
  const exchange = directExchange({
    baseUrl,
    timeoutMs: TIMEOUT_MS,
    exchange: alipayExchange({ ...exchanged, credentials }),
  });
  const methods: Record<Operation, string> = {
    query: 'alipay.trade.query',
    open: 'alipay.trade.precreate',
    close: 'alipay.trade.close',
    refund: 'alipay.trade.refund',
    queryRefund: 'alipay.trade.fastpay.refund.query',
  };
  return {
    ...shared,
    gateway: alipayGateway({ ...common, exchange, baseUrl, credentials }),
    notifications: alipayNotifications(credentials),
    terms: { method: { type: 'alipay', via: 'qr_code' }, payBefore: Date.now() + 60_000 },
    pay: (orderId) => channel.ask('POST', `/v1/trades/${numberOf(orderId)}/pay`),
    fail: (operation, fault, after = 0) =>
      channel.ask('PUT', '/v1/faults', { operation: methods[operation], fault, after }),
    payBeforeCancel: () => channel.ask('PUT', '/v1/faults', { operation: 'alipay.trade.cancel', fault: 'paid-before' }),
    tooLittle: 'seller-balance',
    refundThere: (orderId, amount) => channel.ask('POST', `/v1/trades/${numberOf(orderId)}/refund`, { amount }),
    endRefund: (orderId) => channel.ask('POST', `/v1/trades/${numberOf(orderId)}/end-refunds`),
  };
}

/** @param mode which keys the merchant has: `certificates` has none, and fetches them */
export async function wechatPayWorld(mode: 'keys' | 'certificates' = 'keys'): Promise<
  ChannelWorld & {
    bridge(orderId: OrderId, parameters: object): Promise<unknown>;
    /** @param attempt from 1 on */
    endRefundAs(
      orderId: OrderId,
      refundId: string,
      attempt: number,
      as: 'SUCCESS' | 'CLOSED' | 'ABNORMAL',
    ): Promise<unknown>;
    /** WeChat Pay signs with a new certificate from now on. */
    renewCertificate(): Promise<unknown>;
  }
> {
  const { channel, common, shared, exchanged } = await world(() => serveChannel(wechatPay()));
  const credential = parseWechatPayCredential(JSON.stringify(await channel.ask('GET', `/v1/credential?mode=${mode}`)));
  const credentials = { current: async () => credential };
  const newNonce = () => randomUUID().replaceAll('-', '');
  const certificates = new PlatformCertificates({
    exchange: exchanged.exchange,
    baseUrl: channel.url,
    now: Date.now,
    newNonce,
  });
  const exchange = directExchange({
    baseUrl: channel.url,
    timeoutMs: TIMEOUT_MS,
    exchange: wechatPayExchange({ ...exchanged, credentials, certificates, newNonce }),
  });
  const operations: Record<Operation, string> = {
    query: 'GET /v3/pay/transactions/out-trade-no/:number',
    open: 'POST /v3/pay/transactions/native',
    close: 'POST /v3/pay/transactions/out-trade-no/:number/close',
    refund: 'POST /v3/refund/domestic/refunds',
    queryRefund: 'GET /v3/refund/domestic/refunds/:refund',
  };
  return {
    ...shared,
    gateway: wechatPayGateway({ ...common, exchange, credentials, newNonce }),
    notifications: wechatPayNotifications(credentials, certificates),
    terms: { method: { type: 'wechat_pay', via: 'qr_code' }, payBefore: Date.now() + 60_000 },
    pay: (orderId) => channel.ask('POST', `/v1/orders/${numberOf(orderId)}/act`, { as: 'pay' }),
    renewCertificate: () => channel.ask('POST', '/v1/certificates'),
    bridge: (orderId, parameters) => channel.ask('POST', `/v1/orders/${numberOf(orderId)}/bridge`, parameters),
    fail: (operation, fault, after = 0) =>
      channel.ask('PUT', '/v1/faults', { operation: operations[operation], fault, after }),
    tooLittle: 'not-enough',
    refundThere: (orderId, amount) => channel.ask('POST', `/v1/orders/${numberOf(orderId)}/refund`, { amount }),
    endRefund: (orderId, refundId) => channel.ask('POST', `/v1/refunds/${refundNumberOf(orderId, refundId)}/end`),
    endRefundAs: (orderId, refundId, attempt, as) =>
      channel.ask('POST', `/v1/refunds/${refundNumberOf(orderId, refundId, attempt)}/end`, { as }),
  };
}
