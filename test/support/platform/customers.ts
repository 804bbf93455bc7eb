import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, OrdersClient, type OrderView } from '../../../launch/clients/orders-client.ts';
import { PROJECT_ROOT } from '../../../launch/project-root.ts';
import { eventually } from '../run/eventually.ts';

/** Those of the demo orders that are over in a moment, that are refused or undone, and that wait for a partner. */
const KINDS = ['01-accepted', '08-carrier-down', '03-declined', '07-address-refused'];
const ORDERS = KINDS.map(
  (name) =>
    (
      JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'launch/demo/orders', `${name}.json`), 'utf8')) as {
        readonly order: { readonly customerId: string };
      }
    ).order,
);
const TRY_AGAIN_AFTER_MS = 200;

/** Customers who go on ordering, one order after the other each, whatever happens to the platform; a request without an answer is sent again with its key. */
export class Customers {
  readonly #client: OrdersClient;
  readonly #placed: string[] = [];
  readonly #loops: readonly Promise<void>[];
  #stopped = false;

  /** @param pauseMs between two orders of a customer */
  constructor(url: string, { count, pauseMs }: { readonly count: number; readonly pauseMs: number }) {
    this.#client = new OrdersClient(url);
    this.#loops = Array.from({ length: count }, (_, customer) => this.#order(customer, pauseMs));
  }

  /** The ids of all orders so far. */
  get placed(): readonly string[] {
    return this.#placed;
  }

  /** Until so many more orders are placed. */
  async more(orders: number): Promise<void> {
    const wanted = this.#placed.length + orders;
    await eventually(`${wanted} orders`, () => this.#placed.length >= wanted || undefined);
  }

  /** Ends the ordering. @returns all orders, when no saga works at any of them */
  async stop(): Promise<readonly OrderView[]> {
    this.#stopped = true;
    await Promise.all(this.#loops);
    const ended: OrderView[] = [];
    // One after the other: an emulator refuses what is asked beside too much else, and a state that waits for a token goes on waiting when its function is refused.
    for (const id of this.#placed) ended.push(await this.#ended(id));
    return ended;
  }

  #ended(id: string): Promise<OrderView> {
    let seen: OrderView | undefined;
    return eventually(
      () => `the end of ${id}, last seen as ${JSON.stringify(seen)}`,
      async () => {
        seen = (await this.#client.get(id).catch(unlessRefused)) ?? seen;
        return seen && isFinal(seen) ? seen : undefined;
      },
    );
  }

  async #order(customer: number, pauseMs: number): Promise<void> {
    for (let each = customer; !this.#stopped; each += 1) {
      this.#placed.push(await this.#place(ORDERS[each % ORDERS.length]!));
      await sleep(pauseMs);
    }
  }

  async #place(order: { readonly customerId: string }): Promise<string> {
    const key = randomUUID();
    for (;;) {
      try {
        return await this.#client.place(order, key);
      } catch (error) {
        unlessRefused(error);
        await sleep(TRY_AGAIN_AFTER_MS);
      }
    }
  }
}

/** Not reached, or not able at the moment: it is asked again. Anything else is a fault. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof Error && / answered 4\d\d: /.test(error.message)) throw error;
}
