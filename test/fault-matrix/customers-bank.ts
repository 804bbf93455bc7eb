import type { Situation } from './situations.ts';
import type { World } from './world.ts';

/** It does not take the first refund that the channel has made and that is in the history of the order. */
export class CustomersBank {
  hasActed = false;
  readonly #world: World;
  readonly #acts: boolean;

  constructor(world: World, { refundFailsLater }: Situation) {
    this.#world = world;
    this.#acts = refundFailsLater === true;
  }

  async act(): Promise<void> {
    if (!this.#acts || this.hasActed) return;
    if (!(await this.#world.stream()).some(({ type }) => type === 'PaymentRefunded')) return;
    this.hasActed = true;
    this.#world.till.failRefund?.(this.#world.orderId);
  }
}
