/** Places orders at a platform in this process and waits for their final status. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { isFinal, type OrderView } from '../launch/clients/orders-client.ts';
import { tokenFrom } from '../launch/clients/tokens.ts';
import type { Platform } from '../launch/platform/platform.ts';
import { orderBody } from './order-body.ts';

/** Enough customers that none comes near the rate limit of one caller. */
const CUSTOMERS = 16;

interface Customer {
  readonly authorization: string;
  /** Of the request that places their order. */
  readonly body: string;
}

export class OrderLoad {
  readonly #pool: Pool;
  readonly #customers: readonly Customer[];
  readonly #waiting = new Map<string, () => void>();
  readonly #ended = new Set<string>();
  #placed = 0;

  static async at(platform: Platform): Promise<OrderLoad> {
    return new OrderLoad(
      platform,
      await Promise.all(
        Array.from({ length: CUSTOMERS }, async (_, index) => {
          const customerId = `C-BENCH-${index + 1}`;
          const token = await tokenFrom(platform.issuerUrl, { sub: customerId, role: 'customer' });
          return { authorization: `Bearer ${token}`, body: JSON.stringify(orderBody(customerId)) };
        }),
      ),
    );
  }

  private constructor(platform: Platform, customers: readonly Customer[]) {
    this.#customers = customers;
    this.#pool = new Pool(platform.runtime.url, { connections: 64 });
    // The event tells that the order has ended; then the client reads the status, as any client would.
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
    this.#placed += 1;
    const { authorization, body } = this.#customers[this.#placed % CUSTOMERS]!;
    const placed = await this.#pool.request({
      method: 'POST',
      path: '/api/v1/orders',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': `bench-${process.pid}-${started}-${this.#placed}`,
      },
      body,
    });
    const { orderId } = (await placed.body.json()) as { orderId: string };
    if (placed.statusCode !== 202) throw new Error(`POST answered ${placed.statusCode}`);
    if (!this.#ended.delete(orderId)) await new Promise<void>((resolve) => this.#waiting.set(orderId, resolve));
    this.#waiting.delete(orderId);
    for (;;) {
      const answer = await this.#pool.request({
        method: 'GET',
        path: `/api/v1/orders/${orderId}`,
        headers: { authorization },
      });
      if (answer.statusCode !== 200) throw new Error(`GET answered ${answer.statusCode}`);
      const order = (await answer.body.json()) as OrderView;
      if (isFinal(order)) {
        if (order.status !== 'processing') throw new Error(`Order ${orderId} ended ${order.status} (${order.reason}).`);
        return performance.now() - started;
      }
      await sleep(2);
    }
  }

  /** Waits until the projections, notifications and books of finished orders are done: they are gathered for up to two seconds. */
  async settle(): Promise<void> {
    await sleep(3_000);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
