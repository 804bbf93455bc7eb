import { assertNever } from '../../shared/kernel/assert-never.ts';
import { DEFAULT_LOCATION, type LocationId, locationOf } from '../../shared/kernel/location.ts';
import type { StockEvent, StockOpened } from './stock-events.ts';

/**
 * The units of an article: `available` to be sold, `reserved` for orders, `sold`, and `damaged`. Together they are what was `received`:
 * goods that have arrived, with the corrections of counts; at one location, with what came from others and went to them.
 */
export interface StockCount {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  readonly damaged: number;
  readonly received: number;
}

/** Where units of an article can be. */
export type Shelf = Exclude<keyof StockCount, 'received'>;

export const NO_STOCK: StockCount = { available: 0, reserved: 0, sold: 0, damaged: 0, received: 0 };

/** The counts that an event changes, and by how many units. */
export type Changes = Readonly<Partial<Record<keyof StockCount, number>>>;

/** The counts that an event changes at each location. */
export type LocatedChanges = ReadonlyMap<LocationId, Changes>;

export function changesOf({ type, data }: StockEvent): LocatedChanges {
  switch (type) {
    case 'StockOpened':
      return at(DEFAULT_LOCATION, { received: data.available + data.reserved + data.sold });
    case 'StockReceived':
    case 'StockCorrected':
      return at(locationOf(data), { available: data.quantity, received: data.quantity });
    case 'StockDamaged':
      return at(locationOf(data), { available: -data.quantity, damaged: data.quantity });
    case 'StockReturned':
      return at(locationOf(data), {
        sold: -data.quantity,
        [data.condition === 'damaged' ? 'damaged' : 'available']: data.quantity,
      });
    case 'StockTransferred':
      return new Map([
        [data.from, { available: -data.quantity, received: -data.quantity }],
        [data.to, { available: data.quantity, received: data.quantity }],
      ]);
    case 'StockLimitsSet':
    case 'StockLow':
    case 'StockRecovered':
      return new Map();
    default:
      return assertNever(type);
  }
}

const at = (location: LocationId, changes: Changes): LocatedChanges => new Map([[location, changes]]);

/** The changes of several events together. */
export function changesOfAll(events: readonly StockEvent[]): LocatedChanges {
  const all = new Map<LocationId, Changes>();
  for (const [location, changes] of events.flatMap((event) => [...changesOf(event)])) {
    all.set(location, sumOf([all.get(location) ?? {}, changes]));
  }
  return all;
}

/** Several changes together. */
export function sumOf(all: Iterable<Changes>): Changes {
  const sum: Partial<Record<keyof StockCount, number>> = {};
  for (const changes of all) {
    for (const [name, units] of Object.entries(changes) as [keyof StockCount, number][]) {
      sum[name] = (sum[name] ?? 0) + units;
    }
  }
  return sum;
}

/** Units that orders can have: `available` without the safety stock. */
export const unitsForSale = ({
  available,
  safetyStock,
}: {
  readonly available: number;
  readonly safetyStock: number;
}): number => Math.max(0, available - safetyStock);

export const withChanges = (count: StockCount, changes: Changes): StockCount => {
  const { available, reserved, sold, damaged, received } = count;
  return sumOf([{ available, reserved, sold, damaged, received }, changes]) as StockCount;
};

/** What is recorded first of an article that had stock before its stream began. */
export const opening = ({ available, reserved, sold }: StockCount): StockOpened => ({
  type: 'StockOpened',
  data: { available, reserved, sold },
});
