/** Places orders at a platform in this process and waits for their final status. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { isFinal, type OrderView } from '../launch/orders-client.ts';
import type { Platform } from '../launch/platform.ts';
import { tokenFrom } from '../launch/tokens.ts';

/** The load has one caller, and each request costs what it costs a caller within the limit. */
export const ONE_CALLER_FOR_ALL = { CallerRequestsPerSecond: '100000', CallerBurst: '100000' };

const CUSTOMER = 'C-BENCH';
const BODY = JSON.stringify({
  customerId: CUSTOMER,
  items: [{ sku: 'TSHIRT', quantity: 1 }],
  shippingAddress: { name: 'Bench', street: '1 Bench Road', city: 'Shanghai', state: 'Shanghai', country: 'CN', postalCode: '200000' },
  paymentMethod: { type: 'card', token: 'tok_ok' },
});

export class OrderLoad {
  readonly #pool: Pool;
  readonly #authorization: string;
  readonly #waiting = new Map<string, () => void>();
  readonly #ended = new Set<string>();
  #keys = 0;

  static async at(platform: Platform): Promise<OrderLoad> {
    return new OrderLoad(platform, await tokenFrom(platform.issuerUrl, { sub: CUSTOMER, role: 'customer' }));
  }

  private constructor(platform: Platform, token: string) {
    this.#authorization = `Bearer ${token}`;
    this.#pool = new Pool(platform.runtime.url, { connections: 64 });
    // The event says that the order is decided; the client then reads the status as any client would.
    platform.runtime.onEvent(({ detailType, detail }) => {
      if (detailType !== 'OrderConfirmed' && detailType !== 'OrderCancelled') return;
      const { orderId } = detail as { orderId: string };
      const wake = this.#waiting.get(orderId);
      if (wake) wake();
      else this.#ended.add(orderId);
    });
  }

  /** Resolves to the milliseconds from POST to the first answer that shows the final status. */
  async placeAndFinish(): Promise<number> {
    const started = performance.now();
    this.#keys += 1;
    const placed = await this.#pool.request({
      method: 'POST',
      path: '/api/v1/orders',
      headers: { authorization: this.#authorization, 'content-type': 'application/json', 'idempotency-key': `bench-${process.pid}-${started}-${this.#keys}` },
      body: BODY,
    });
    const { orderId } = (await placed.body.json()) as { orderId: string };
    if (placed.statusCode !== 202) throw new Error(`POST answered ${placed.statusCode}`);
    if (!this.#ended.delete(orderId)) await new Promise<void>((resolve) => this.#waiting.set(orderId, resolve));
    this.#waiting.delete(orderId);
    for (;;) {
      const answer = await this.#pool.request({ method: 'GET', path: `/api/v1/orders/${orderId}`, headers: { authorization: this.#authorization } });
      const order = (await answer.body.json()) as OrderView;
      if (isFinal(order)) {
        if (order.status !== 'processing') throw new Error(`Order ${orderId} ended ${order.status} (${order.reason}).`);
        return performance.now() - started;
      }
      await sleep(2);
    }
  }

  /** Lets projections and notifications of finished orders come to rest. */
  async settle(): Promise<void> {
    await sleep(1_000);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
