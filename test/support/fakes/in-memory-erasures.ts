import type {
  Erasure,
  ErasureKey,
  Erasures,
  OrderToErase,
} from '../../../functions/orders/application/erasure-ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';

interface Kept {
  readonly erasure: Erasure;
  readonly next: string | undefined;
  readonly orders: Map<OrderId, OrderToErase>;
}

/** The record of erasures. */
export class InMemoryErasures implements Erasures {
  readonly #kept = new Map<string, Kept>();

  async begin(erasure: Erasure): Promise<Erasure> {
    const kept = this.#kept.get(nameOf(erasure));
    if (kept) return kept.erasure;
    this.#kept.set(nameOf(erasure), { erasure, next: erasure.requestedAt, orders: new Map() });
    return erasure;
  }

  find = async (customerId: Erasure['customerId'], erasureId: string): Promise<Erasure | undefined> =>
    this.#kept.get(nameOf({ customerId, erasureId }))?.erasure;

  of = async (customerId: Erasure['customerId']): Promise<readonly Erasure[]> =>
    [...this.#kept.values()].map(({ erasure }) => erasure).filter((erasure) => erasure.customerId === customerId);

  due = async (now: string, limit: number): Promise<readonly ErasureKey[]> =>
    [...this.#kept.values()]
      .filter(({ next }) => next !== undefined && next <= now)
      .sort((one, other) => (one.next! < other.next! ? -1 : 1))
      .slice(0, limit)
      .map(({ erasure: { customerId, erasureId } }) => ({ customerId, erasureId }));

  orders = async (erasure: ErasureKey): Promise<readonly OrderToErase[]> =>
    [...this.#ordersOf(erasure).values()].sort((one, other) => (one.orderId < other.orderId ? -1 : 1));

  async page(erasure: ErasureKey, limit: number, after?: OrderId) {
    const rest = (await this.orders(erasure)).filter(({ orderId }) => after === undefined || orderId > after);
    const orders = rest.slice(0, limit);
    return rest.length > limit ? { orders, next: orders.at(-1)!.orderId } : { orders };
  }

  async add(erasure: ErasureKey, orderIds: readonly OrderId[]): Promise<void> {
    const there = this.#ordersOf(erasure);
    for (const orderId of orderIds) if (!there.has(orderId)) there.set(orderId, { orderId, state: 'found' });
  }

  async note(erasure: ErasureKey, orders: readonly OrderToErase[]): Promise<void> {
    for (const order of orders) this.#ordersOf(erasure).set(order.orderId, order);
  }

  async save(erasure: Erasure, next: string | undefined): Promise<void> {
    this.#kept.set(nameOf(erasure), { erasure, next, orders: this.#ordersOf(erasure) });
  }

  #ordersOf(erasure: ErasureKey): Kept['orders'] {
    return this.#kept.get(nameOf(erasure))?.orders ?? new Map<OrderId, OrderToErase>();
  }
}

const nameOf = ({ customerId, erasureId }: ErasureKey): string => `${customerId} ${erasureId}`;
