import {
  type AdjustOutcome,
  type BackorderPlace,
  type Backorders,
  type ConfirmOutcome,
  type EventOf,
  type Inventory,
  type LeavingParcel,
  MAX_CHANGED_ARTICLES,
  type ReleaseOutcome,
  type Reservation,
  type ReservationChange,
  type ReserveOutcome,
  type WaitingBackorder,
  type Wanted,
} from '../../../functions/inventory/application/ports.ts';
import { allocate } from '../../../functions/inventory/domain/allocation.ts';
import { merged } from '../../../functions/inventory/domain/leaving.ts';
import { adjustedLines, stockChanges } from '../../../functions/inventory/domain/stock-changes.ts';
import { type HeldLine, heldLine, unitsAt } from '../../../functions/inventory/domain/stock-line.ts';
import type {
  InventoryReleased,
  InventoryReserved,
  NewOrderEvent,
  ReservationConfirmed,
} from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import { ConcurrencyConflict } from '../../../functions/shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION, type LocationId, locationOf } from '../../../functions/shared/kernel/location.ts';

interface Stock {
  readonly available: number;
  readonly reserved: number;
  /** Absent before the first sale. */
  readonly sold?: number;
  /** Absent before the first unit was damaged. */
  readonly damaged?: number;
}

const NO_STOCK: Stock = { available: 0, reserved: 0 };

type Shelf = keyof Stock;

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryInventory implements Inventory, Backorders {
  readonly #log: OrderLog;
  readonly #stock = new Map<string, Map<LocationId, Stock>>();
  readonly #reservations = new Map<OrderId, Exclude<Reservation, { status: 'none' }>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(log: OrderLog) {
    this.#log = log;
  }

  stock(sku: string, available: number): void {
    this.setCounts(sku, DEFAULT_LOCATION, { available, reserved: 0 });
  }

  /** At all locations together. */
  stockOf(sku: string): Stock {
    const sum: Partial<Record<Shelf, number>> = {};
    for (const counts of [NO_STOCK, ...(this.#stock.get(sku)?.values() ?? [])]) {
      for (const [name, units] of Object.entries(counts) as [Shelf, number][]) sum[name] = (sum[name] ?? 0) + units;
    }
    return sum as Stock;
  }

  /** Undefined for an article that never had stock. */
  countsOf(sku: string): ReadonlyMap<LocationId, Stock> | undefined {
    return this.#stock.get(sku);
  }

  setCounts(sku: string, location: LocationId, counts: Stock): void {
    this.#stock.set(sku, new Map(this.#stock.get(sku)).set(location, counts));
  }

  async find(orderId: OrderId): Promise<Reservation> {
    return this.#reservations.get(orderId) ?? { status: 'none' };
  }

  reserve(
    orderId: OrderId,
    { lines: wanted, sources }: Wanted,
    eventOf: EventOf<NewOrderEvent<InventoryReserved>>,
    version: number,
  ): Promise<ReserveOutcome> {
    return this.alone(async () => {
      const known = this.#reservations.get(orderId);
      if (known?.status === 'released') return { kind: 'released', ...(known.short && { short: known.short }) };
      if (known && known.status !== 'backordered') return { kind: 'already-reserved' };
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      const allocation = allocate(wanted, sources, this.#there);
      if (allocation.kind === 'short') return { kind: 'out-of-stock', short: allocation.short };
      const event = eventOf(allocation.lines);
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      const lines = allocation.lines.map((line) => heldLine(line, 0));
      this.#move(lines, 'available', 'reserved');
      const { expiresAt } = event.data;
      this.#reservations.set(orderId, { status: 'held', lines, ...(expiresAt === undefined ? {} : { expiresAt }) });
      return { kind: 'reserved' };
    });
  }

  adjust(
    orderId: OrderId,
    { from, to, sources }: ReservationChange,
    eventOf: EventOf<NewOrderEvent>,
    version: number,
  ): Promise<AdjustOutcome> {
    return this.alone(async () => {
      const { back, more } = stockChanges(from, to);
      const articles = new Set([...back, ...more].map(({ sku }) => sku));
      if (articles.size > MAX_CHANGED_ARTICLES) return { kind: 'too-many-articles' };
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, from)) return { kind: 'other-reservation' };
      const allocation = allocate(more, sources, this.#there);
      if (allocation.kind === 'short') return { kind: 'out-of-stock', skus: allocation.short.map(({ sku }) => sku) };
      const added = allocation.lines.map((line) => heldLine(line, 0));
      const lines = adjustedLines(from, { back, more: added }, to);
      if (!(await this.#appended(orderId, eventOf(unitsAt(lines)), version))) return { kind: 'version-taken' };
      this.#move(back, 'reserved', 'available');
      this.#move(added, 'available', 'reserved');
      this.#reservations.set(orderId, { ...this.#reservations.get(orderId), status: 'held', lines });
      return { kind: 'adjusted' };
    });
  }

  release(
    orderId: OrderId,
    lines: readonly HeldLine[],
    event: NewOrderEvent<InventoryReleased>,
    version: number,
  ): Promise<ReleaseOutcome> {
    return this.alone(async () => {
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, lines)) {
        throw new ConcurrencyConflict(`The reservation of order ${orderId} changed.`);
      }
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      this.#move(lines, 'reserved', 'available');
      this.#reservations.set(orderId, { status: 'released' });
      return { kind: 'released' };
    });
  }

  confirm(
    orderId: OrderId,
    { of: { left = [], ...held }, leaving, rest }: LeavingParcel,
    event: NewOrderEvent<ReservationConfirmed>,
    version: number,
  ): Promise<ConfirmOutcome> {
    return this.alone(async () => {
      if ((await this.#log.read(orderId)).length !== version - 1) return { kind: 'version-taken' };
      if (!this.#isReserved(orderId, held.lines)) return { kind: 'other-reservation' };
      if (!(await this.#appended(orderId, event, version))) return { kind: 'version-taken' };
      this.#move(leaving, 'reserved', 'sold');
      const gone = merged([...left, ...leaving]);
      this.#reservations.set(
        orderId,
        rest.length > 0 ? { ...held, lines: rest, left: gone } : { status: 'confirmed', lines: gone },
      );
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

  async articles(): Promise<readonly Sku[]> {
    const known = [...this.#reservations.values()];
    return [...new Set(known.flatMap((each) => (each.status === 'backordered' ? [each.awaits] : [])))];
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

  #isReserved(orderId: OrderId, lines: readonly HeldLine[]): boolean {
    const known = this.#reservations.get(orderId);
    return known?.status === 'held' && JSON.stringify(known.lines) === JSON.stringify(lines);
  }

  readonly #there = (sku: Sku, location: LocationId): number => this.#stock.get(sku)?.get(location)?.available ?? 0;

  #move(lines: readonly HeldLine[], from: Shelf, to: Shelf): void {
    for (const line of lines) {
      const location = locationOf(line);
      const counts = this.#stock.get(line.sku)?.get(location) ?? NO_STOCK;
      this.setCounts(line.sku, location, {
        ...counts,
        [from]: (counts[from] ?? 0) - line.quantity,
        [to]: (counts[to] ?? 0) + line.quantity,
      });
    }
  }

  async #appended(orderId: OrderId, event: NewOrderEvent, version: number): Promise<boolean> {
    return (await this.#log.append(orderId, version - 1, [event])).ok;
  }
}
