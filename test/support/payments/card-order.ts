/** An order that is paid by card at the simulated gateway, whose clock and whose failures a test decides about. */
import { randomUUID } from 'node:crypto';
import type { PaymentGateway, PaymentOnRecord } from '../../../functions/payments/application/ports.ts';
import type { Payment } from '../../../functions/payments/domain/payment.ts';
import { type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { type Money, money } from '../../../functions/shared/kernel/money.ts';
import { nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { paymentGateway } from '../../../partners/payment-gateway/program.ts';
import { byCard } from '../orders/by-card.ts';
import { cardExchangeTo, cardGatewayOver } from './card-at.ts';
import { type ServedChannel, serveChannel } from './served-channel.ts';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;
export const cny = (amount: number) => money(amount, 'CNY');
export const total = cny(8_800);

export class CardOrder {
  readonly channel: ServedChannel;
  /** How far the clocks of gateway and functions are ahead. */
  #aheadSeconds = 0;
  /** What is on record. */
  record!: PaymentOnRecord;
  /** What was sent. */
  readonly requests: string[] = [];

  constructor(channel: ServedChannel) {
    this.channel = channel;
    this.begin();
  }

  static async start(): Promise<CardOrder> {
    return new CardOrder(await serveChannel(paymentGateway()));
  }

  /** Another order. */
  begin(): void {
    const orderId = parseOrderId(randomUUID());
    const method = { type: 'card', token: 'tok_ok' } as const;
    this.record = { orderId, method, firstTotal: total, placedAt: this.now(), attempt: 1 };
    this.requests.length = 0;
  }

  get orderId(): OrderId {
    return this.record.orderId;
  }

  readonly now = (): number => Date.now() + this.#aheadSeconds * 1_000;

  async pass(seconds: number): Promise<void> {
    this.#aheadSeconds += seconds;
    await this.channel.ask('PUT', '/v1/clock', { aheadSeconds: this.#aheadSeconds });
  }

  /** As one use case has it, which knows no more than what is on record. */
  gateway(more: Partial<PaymentOnRecord> = {}): PaymentGateway {
    const exchange = cardExchangeTo(this.channel.url, (request) => {
      this.requests.push(`${request.method} ${new URL(request.url).pathname.replace(/pi_\w+/, ':id')}`);
      return nodeExchange(request);
    });
    return cardGatewayOver(exchange, this.now)({ ...this.record, ...more });
  }

  authorise(amount: Money = total, token = 'tok_ok'): Promise<Payment> {
    return this.gateway().authorise(this.orderId, amount, byCard(token));
  }

  /** Authorises, and puts it on record. */
  async authorised(): Promise<void> {
    const { paymentId } = (await this.authorise()) as { paymentId: string };
    this.record = { ...this.record, paymentId };
  }

  async captured(): Promise<void> {
    await this.authorised();
    await this.gateway().capture(this.orderId, total);
  }

  /** What goes wrong with the next request to `/v1/<operation>`. */
  fail(operation: string, fault: string): Promise<unknown> {
    return this.channel.ask('PUT', '/v1/faults', { operation: `POST /v1/${operation}`, fault });
  }

  searchLags(lagMs: number): Promise<unknown> {
    return this.channel.ask('PUT', '/v1/search', { lagMs });
  }

  async moved(): Promise<readonly string[]> {
    const path = `/v1/ledger?key=${this.orderId}`;
    const { entries } = await this.channel.ask<{ entries: { kind: string }[] }>('GET', path);
    return entries.map(({ kind }) => kind);
  }

  close(): Promise<void> {
    return this.channel.close();
  }
}
