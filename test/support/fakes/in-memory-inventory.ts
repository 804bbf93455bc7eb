import {
  type AdjustOutcome,
  type BackorderPlace,
  type Backorders,
  type ConfirmOutcome,
  type Inventory,
  MAX_CHANGED_ARTICLES,
  type ReleaseOutcome,
  type Reservation,
  type ReservationChange,
  type ReserveOutcome,
  type WaitingBackorder,
} from '../../../functions/inventory/application/ports.ts';
import { stockChanges } from '../../../functions/inventory/domain/stock-changes.ts';
import type { StockLine } from '../../../functions/inventory/domain/stock-line.ts';
import type {
  InventoryReleased,
  InventoryReserved,
  NewOrderEvent,
  ReservationConfirmed,
} from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import { ConcurrencyConflict } from '../../../functions/shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../../functions/shared/kernel/ids.ts';

interface Stock {
  readonly available: number;
  readonly reserved: number;
  /** Absent before the first sale. */
  readonly sold?: number;
  /** Absent before the first unit was damaged. */
  readonly damaged?: number;
}

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryInventory implements Inventory, Backorders {
  readonly #log: OrderLog;
  readonly #stock = new Map<string, Stock>();
  readonly #reservations = new Map<OrderId, Exclude<Reservation, { status: 'none' }>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(log: OrderLog) {
    this.#log = log;
  }

  stock(sku: string, available: number): void {
    this.#stock.set(sku, { available, reserved: 0 });
  }

  stockOf(sku: string): Stock {
    return this.#stock.get(sku) ?? { available: 0, reserved: 0 };
  }

  /** Undefined for an article that never had stock. */
  countsOf(sku: string): Stock | undefined {
    return this.#stock.get(sku);
  }

  setCounts(sku: string, counts: Stock): void {
    this.#stock.set(sku, counts);
  }

  async find(orderId: OrderId): Promise<Reservation> {
    return this.#reservations.get(orderId) ?? { status: 'none' };
  }

  reserve(
    orderId: OrderId,
    lines: readonly StockLine[],
    event: NewOrderEvent<InventoryReserved>,
    version: number,
  ): Promise<ReserveOutcome> {
    return this.alone(async () => {
      const known = this.#reservations.get(orderId);
      if (known?.status === 'released') return { kind: 'released', ...(known.short && { short: known.short }) };
      if (known && known.status !== 'backordered') return { kind: 'already-reserved' };
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      const skus = this.#short(lines);
      if (skus.length > 0) {
        return { kind: 'out-of-stock', short: skus.map((sku) => ({ sku, available: this.stockOf(sku).available })) };
      }
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      this.#move(lines);
      const { expiresAt } = event.data;
      this.#reservations.set(orderId, { status: 'held', lines, ...(expiresAt === undefined ? {} : { expiresAt }) });
      return { kind: 'reserved' };
    });
  }

  adjust(
    orderId: OrderId,
    { from, to }: ReservationChange,
    event: NewOrderEvent,
    version: number,
  ): Promise<AdjustOutcome> {
    return this.alone(async () => {
      const changes = stockChanges(from, to);
      if (changes.length > MAX_CHANGED_ARTICLES) return { kind: 'too-many-articles' };
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, from)) return { kind: 'other-reservation' };
      const skus = this.#short(changes);
      if (skus.length > 0) return { kind: 'out-of-stock', skus };
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      this.#move(changes);
      this.#reservations.set(orderId, { ...this.#reservations.get(orderId), status: 'held', lines: to });
      return { kind: 'adjusted' };
    });
  }

  release(
    orderId: OrderId,
    lines: readonly StockLine[],
    event: NewOrderEvent<InventoryReleased>,
    version: number,
  ): Promise<ReleaseOutcome> {
    return this.alone(async () => {
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, lines)) {
        throw new ConcurrencyConflict(`The reservation of order ${orderId} changed.`);
      }
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      this.#move(stockChanges(lines, []));
      this.#reservations.set(orderId, { status: 'released' });
      return { kind: 'released' };
    });
  }

  confirm(
    orderId: OrderId,
    lines: readonly StockLine[],
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome> {
    return this.alone(async () => {
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, lines)) return { kind: 'other-reservation' };
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      for (const { sku, quantity } of lines) {
        const { reserved, sold = 0, ...stock } = this.stockOf(sku);
        this.#stock.set(sku, { ...stock, reserved: reserved - quantity, sold: sold + quantity });
      }
      this.#reservations.set(orderId, { status: 'confirmed', lines });
      return { kind: 'confirmed' };
    });
  }

  async backorder(orderId: OrderId, place: BackorderPlace): Promise<boolean> {
    return this.alone(async () => {
      const status = this.#reservations.get(orderId)?.status ?? 'backordered';
      if (status !== 'backordered') return false;
      this.#reservations.set(orderId, { status, ...place });
      return true;
    });
  }

  async page(sku: Sku, limit: number, after?: WaitingBackorder): Promise<readonly WaitingBackorder[]> {
    const waiting = [...this.#reservations].flatMap(([orderId, known]) =>
      known.status === 'backordered' && known.awaits === sku ? [{ orderId, orderedAt: known.orderedAt }] : [],
    );
    const place = ({ orderedAt, orderId }: WaitingBackorder) => `${orderedAt}#${orderId}`;
    return waiting
      .sort((one, other) => (place(one) < place(other) ? -1 : 1))
      .filter((each) => after === undefined || place(each) > place(after))
      .slice(0, limit);
  }

  async forbid(orderId: OrderId, short?: readonly Sku[]): Promise<boolean> {
    return this.alone(async () => {
      const status = this.#reservations.get(orderId)?.status ?? 'released';
      if (status !== 'released' && status !== 'backordered') return false;
      this.#reservations.set(orderId, { status: 'released', ...(short && { short }) });
      return true;
    });
  }

  /** Changes run one after the other, like transactions on the same items. */
  alone<Outcome>(change: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = this.#last.then(change);
    this.#last = outcome.catch(() => undefined);
    return outcome;
  }

  #isReserved(orderId: OrderId, lines: readonly StockLine[]): boolean {
    const known = this.#reservations.get(orderId);
    return known?.status === 'held' && JSON.stringify(known.lines) === JSON.stringify(lines);
  }

  #short(lines: readonly StockLine[]): Sku[] {
    return lines.filter(({ sku, quantity }) => this.stockOf(sku).available < quantity).map(({ sku }) => sku);
  }

  #move(lines: readonly StockLine[]): void {
    for (const { sku, quantity } of lines) {
      const { available, reserved, ...rest } = this.stockOf(sku);
      this.#stock.set(sku, { available: available - quantity, reserved: reserved + quantity, ...rest });
    }
  }

  async #appended(orderId: OrderId, event: NewOrderEvent, version: number): Promise<boolean> {
    return (await this.#log.append(orderId, version - 1, [event])).ok;
  }
}
