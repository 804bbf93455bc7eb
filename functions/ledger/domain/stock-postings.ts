/** What the events of an order move in the accounts of stock. Pure. */
import type { InventoryEvent } from '../../published/order-events.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { Account } from './accounts.ts';
import { move, type Posting } from './entry.ts';
import type { Rule, Rules } from './money-postings.ts';

/** Every inventory event has to be named here. */
type StockRules = Rules & { readonly [Type in InventoryEvent['type']]: Rule<Type> };

export const STOCK_RULES: StockRules = {
  OrderBackordered: () => [],
  // It comes before the goods are reserved.
  UnitsRemoved: () => [],
  InventoryReserved: ({ lines }) => moveLines('available', 'reserved', lines),
  InventoryReleased: ({ lines }) => moveLines('reserved', 'available', lines),
  ReservationConfirmed: ({ lines }) => moveLines('reserved', 'sold', lines),
  ItemsChanged: ({ lines }, before) => {
    const kept = before.balances.unitsOf('reserved');
    if (kept.length === 0) return [];
    const back = kept.flatMap(({ unit, amount }) => move('reserved', 'available', unit, amount));
    return [...back, ...moveLines('available', 'reserved', lines)];
  },
  ReturnReceived: ({ accepted }) => moveLines('sold', 'returned', accepted),
};

const moveLines = (from: Account, to: Account, lines: readonly Units[]): readonly Posting[] =>
  lines.flatMap(({ sku, quantity }) => move(from, to, sku, quantity));
