import { expect } from 'vitest';
import { command, send } from '../../support/api/command-requests.ts';
import {
  confirmedOrder,
  finalOrder,
  historyTypes,
  type OrderOptions,
  place,
} from '../../support/api/order-requests.ts';
import { asCustomer, type Headers } from '../../support/api/tokens.ts';
import { movements, readLedger } from '../../support/platform/partners.ts';
import { inventoryItem } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { until } from '../../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
export const PRICE = 12_900;
/** Held for review on `npm start`, which asks for it from ¥10,000.00 on. */
export const HELD_ITEMS = [{ sku: 'TSHIRT', quantity: 80 }];

export const AUTHORISED = ['authorisation', PRICE];
export const CAPTURED = ['capture', PRICE];
export const VOIDED = ['void', PRICE];
export const REFUNDED = ['refund', PRICE];

/** What was done and undone for an order. */
export interface Outcome {
  /** Types of its events, oldest first. */
  readonly history: readonly string[];
  /** What the gateway did: kind and amount. */
  readonly money: readonly unknown[];
  /** What the carrier did. */
  readonly parcels: readonly string[];
}

/** Places and cancels orders, and reads what the platform and its partners did for them. */
export class Cancellations {
  readonly #platform: SuitePlatform;

  constructor(platform: SuitePlatform) {
    this.#platform = platform;
  }

  get #url(): string {
    return this.#platform.instance.url;
  }

  place(options?: OrderOptions): Promise<string> {
    return place(this.#url, options);
  }

  /** Places an order and waits until it is confirmed; resolves to its id. */
  async confirmed(options?: OrderOptions): Promise<string> {
    return (await confirmedOrder(this.#url, options)).orderId;
  }

  async approve(orderId: string): Promise<void> {
    await command(this.#url, orderId, 'approve', {});
  }

  /** Asks as the customer C1, unless other headers say otherwise. */
  async tryToCancel(orderId: string, headers: Headers = {}): Promise<Response> {
    return send(this.#url, orderId, 'cancel', {}, { headers: { ...(await asCustomer(this.#url)), ...headers } });
  }

  /** @throws Error when the request is refused */
  async cancel(orderId: string, headers: Headers = {}) {
    const answer = await this.tryToCancel(orderId, headers);
    if (answer.status !== 202) throw new Error(`Expected 202, got ${answer.status}: ${await answer.text()}`);
    return {
      replayed: answer.headers.get('idempotency-replayed'),
      ...((await answer.json()) as { status: string; version: number }),
    };
  }

  money(orderId: string) {
    return movements(this.#platform.instance.gatewayUrl, orderId);
  }

  async parcels(orderId: string): Promise<string[]> {
    return (await readLedger(this.#platform.instance.carrierUrl, orderId)).map(({ kind }) => kind);
  }

  /** Waits until the gateway has moved money in this way. */
  untilMoneyMoved(orderId: string, kind: string): Promise<void> {
    return until(`${kind} for ${orderId}`, async () => (await this.money(orderId)).some(([moved]) => moved === kind));
  }

  /** Waits until the carrier has booked. */
  untilBooked(orderId: string): Promise<void> {
    return until(`a booking for ${orderId}`, async () => (await this.parcels(orderId)).length > 0);
  }

  /** Waits until the order has an event of this type. */
  untilRecorded(orderId: string, type: string): Promise<void> {
    return until(`${type} of ${orderId}`, async () => (await historyTypes(this.#url, orderId)).includes(type));
  }

  /** Waits until the order has so many events at least, however fast the machine is. */
  untilEvents(orderId: string, count: number): Promise<void> {
    return until(`${count} events of ${orderId}`, async () => (await historyTypes(this.#url, orderId)).length >= count);
  }

  /** Waits until the order is cancelled, and says what was done and undone for it. */
  async outcome(orderId: string, reason = 'customer_request'): Promise<Outcome> {
    expect(await finalOrder(this.#url, orderId)).toMatchObject({ status: 'cancelled', reason, parked: false });
    expect((await inventoryItem(this.#platform.instance, `ORDER#${orderId}`))?.status ?? 'none').not.toBe('held');
    return {
      history: await historyTypes(this.#url, orderId),
      money: await this.money(orderId),
      parcels: await this.parcels(orderId),
    };
  }
}
