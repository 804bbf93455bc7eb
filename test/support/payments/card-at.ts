/** The adapter of the card gateway as one gateway for all orders: each call knows what is on record by then, as in the use cases. */
import { cardGateway } from '../../../functions/payments/adapters/card/card-gateway.ts';
import { cardExchange } from '../../../functions/payments/adapters/card/exchange.ts';
import type {
  PaymentGateway,
  PaymentGatewayOfOrder,
  PaymentOnRecord,
} from '../../../functions/payments/application/ports.ts';
import type { Payment } from '../../../functions/payments/domain/payment.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { type Money, money } from '../../../functions/shared/kernel/money.ts';
import { type HttpExchange, nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import type { PartnerExchange } from '../../../functions/shared/outbound/partner-exchange.ts';
import { directExchange } from '../partners/direct-exchange.ts';

const FIRST_TOTAL = money(8_800, 'CNY');
export const RETURN_URL = 'https://shop.example/paid';

export interface CardAtOptions {
  /** @default each request is sent once */
  readonly exchange?: PartnerExchange<string>;
  /** Milliseconds since the epoch. @default of this machine */
  readonly now?: () => number;
  /** What steps have recorded; `nothing` when the answers to all of them were lost. @default 'all' */
  readonly recorded?: 'all' | 'nothing';
}

/** @param baseUrl of a gateway. @param network the way to it. @default over this machine's */
export const cardExchangeTo = (baseUrl: string, network: HttpExchange = nodeExchange): PartnerExchange<string> =>
  directExchange({ baseUrl, timeoutMs: 5_000, exchange: cardExchange(network) });

export const cardGatewayOver = (
  exchange: PartnerExchange<string>,
  now: () => number = Date.now,
): PaymentGatewayOfOrder => cardGateway({ exchange, returnUrl: RETURN_URL, now });

/** The gateway at an address. */
export function cardAt(baseUrl: string, options: CardAtOptions = {}): PaymentGateway {
  const { exchange = cardExchangeTo(baseUrl), now = Date.now, recorded = 'all' } = options;
  const gatewayOf = cardGatewayOver(exchange, now);
  const records = new Map<OrderId, PaymentOnRecord>();

  const recordOf = (orderId: OrderId, more: Partial<PaymentOnRecord> = {}): PaymentOnRecord => {
    const known = records.get(orderId);
    const method = { type: 'card', token: 'tok_ok' } as const;
    const record = known ?? { orderId, firstTotal: FIRST_TOTAL, method, placedAt: now(), attempt: 1, ...more };
    records.set(orderId, record);
    return record;
  };
  const note = (orderId: OrderId, payment: Payment, attempt?: number): Payment => {
    const record = recordOf(orderId);
    if (recorded === 'all' && (payment.status === 'authorised' || payment.status === 'captured')) {
      records.set(orderId, { ...record, paymentId: payment.paymentId, attempt: attempt ?? record.attempt });
    }
    return payment;
  };
  const of = (orderId: OrderId) => gatewayOf(recordOf(orderId));
  const refundOn = (orderId: OrderId, refundId: string): PaymentOnRecord => ({
    ...recordOf(orderId),
    ...(recorded === 'all' && { refund: { refundId, askedAt: now() } }),
  });

  return {
    capabilities: of('' as OrderId).capabilities,
    find: (orderId) => of(orderId).find(orderId),
    authorise: async (orderId, amount, terms) => {
      const record = recordOf(orderId, { firstTotal: amount, method: terms.method });
      return note(orderId, await gatewayOf(record).authorise(orderId, amount, terms));
    },
    adjust: async (orderId, id, amount) => note(orderId, await of(orderId).adjust(orderId, id, amount)),
    renew: async (orderId, attempt, amount) =>
      note(orderId, await of(orderId).renew(orderId, attempt, amount), attempt),
    capture: async (orderId, amount) => note(orderId, await of(orderId).capture(orderId, amount)),
    void: (orderId) => of(orderId).void(orderId),
    refund: (orderId, id, amount: Money) => gatewayOf(refundOn(orderId, id)).refund(orderId, id, amount),
  };
}
