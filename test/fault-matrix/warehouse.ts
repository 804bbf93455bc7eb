/** The staff of the shop: they send what is confirmed, and take back what the customer returns. */
import type { OrderCommand } from '../../functions/orders/domain/decide/decide.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { VirtualTime } from '../fault/virtual/time.ts';
import type { Situation } from './situations.ts';
import { SKU, type World } from './world.ts';

/** What the staff or the customer does next with the parcel; undefined when nothing is left to do. */
export function nextOfParcel(
  { orderId, status, returns }: ExistingOrder,
  { parcel }: Situation,
): OrderCommand | undefined {
  if (parcel === undefined) return undefined;
  if (status === 'processing') return { type: 'ShipOrder', orderId };
  if (status === 'shipped') return { type: 'DeliverOrder', orderId };
  if (status !== 'delivered' || parcel !== 'comes back in part') return undefined;
  const [back] = returns;
  if (!back) return { type: 'RequestReturn', orderId, returnId: 'return-1', items: [{ sku: SKU, quantity: 1 }] };
  return back.status === 'requested'
    ? { type: 'ReceiveReturn', orderId, returnId: back.returnId, refundId: 'refund-1' }
    : undefined;
}

/** One thing at a time, as people do. */
export async function handleParcel(world: World, situation: Situation): Promise<void> {
  const next = nextOfParcel(await world.order(), situation);
  if (next !== undefined && world.running().length === 0) await world.ask(next);
}

const DELIVERS_AFTER_MS = 60_000;

/** They deliver what an order waits for, a minute after it was known to wait. */
export class Suppliers {
  readonly #world: World;
  /** What is still to be delivered. */
  #goods: Situation['goodsCome'];
  readonly #time: VirtualTime;
  #askedAt: number | undefined;

  constructor(world: World, { goodsCome, moments = [] }: Situation, time: VirtualTime) {
    this.#world = world;
    this.#goods = moments.some(({ happens }) => happens === 'goods come') ? undefined : goodsCome;
    this.#time = time;
  }

  async act(): Promise<void> {
    if (this.#goods === undefined || (await this.#world.order()).status !== 'backordered') return;
    this.#askedAt ??= this.#time.now();
    if (this.#time.now() < this.#askedAt + DELIVERS_AFTER_MS) return;
    const goods = this.#goods;
    this.#goods = undefined;
    await this.#world.receive(goods);
  }
}
