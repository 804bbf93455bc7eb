/** Orders from their placement to their delivery, some of them returned: what customers and operators ask for, one after the other. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TokenRequest, tokenFrom } from '../launch/clients/tokens.ts';
import type { Platform } from '../launch/platform/platform.ts';
import { orderBody } from './order-body.ts';

const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;
const CUSTOMER = { sub: 'C-BENCH-LIVES', role: 'customer' } as const satisfies TokenRequest;
const OPERATOR = {
  sub: 'O-BENCH',
  role: 'operator',
  scope: 'orders:read orders:fulfil orders:refund',
} as const satisfies TokenRequest;

interface SeenOrder {
  readonly status: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly returns: readonly { readonly returnId: string }[];
}

export class OrderLives {
  readonly #url: string;
  readonly #customer: string;
  readonly #operator: string;

  static async at({ runtime, issuerUrl }: Platform): Promise<OrderLives> {
    const [customer, operator] = await Promise.all([CUSTOMER, OPERATOR].map((who) => tokenFrom(issuerUrl, who)));
    return new OrderLives(`${runtime.url}/api/v1/orders`, `Bearer ${customer}`, `Bearer ${operator}`);
  }

  private constructor(url: string, customer: string, operator: string) {
    this.#url = url;
    this.#customer = customer;
    this.#operator = operator;
  }

  /** Placed, confirmed, shipped and delivered; and, if it is returned, received and refunded. Nobody asks for it but to know when. */
  async live(isReturned: boolean): Promise<void> {
    const { orderId } = await this.#ask<{ orderId: string }>(this.#customer, '', orderBody(CUSTOMER.sub));
    await this.#until(orderId, 'processing');
    await this.#ask(this.#operator, `/${orderId}/ship`);
    await this.#until(orderId, 'shipped');
    await this.#ask(this.#operator, `/${orderId}/deliver`);
    const { items } = await this.#until(orderId, 'delivered');
    if (!isReturned) return;
    const all = items.map(({ sku, quantity }) => ({ sku, quantity }));
    await this.#ask(this.#customer, `/${orderId}/returns`, { items: all });
    const { returns } = await this.#until(orderId, 'delivered', (order) => order.returns.length > 0);
    await this.#ask(this.#operator, `/${orderId}/returns/${returns[0]!.returnId}/receive`);
    await this.#until(orderId, 'refunded');
  }

  async #until(orderId: string, status: string, isEnough = (_: SeenOrder) => true): Promise<SeenOrder> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(LOOK_EVERY_MS)) {
      const answer = await fetch(`${this.#url}/${orderId}`, { headers: { authorization: this.#customer } });
      const order = (await answer.json()) as SeenOrder;
      if (answer.ok && order.status === status && isEnough(order)) return order;
      if (Date.now() > deadline) throw new Error(`Order ${orderId} is ${order.status}; expected ${status}.`);
    }
  }

  async #ask<Answer>(authorization: string, path: string, body: unknown = {}): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    if (answer.status !== 202) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}
