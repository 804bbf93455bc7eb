/** What the events of an order move in the accounts of stock. Pure. */
import type { InventoryEvent } from '../../published/order-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { articleAt, type UnitsAt } from '../../shared/kernel/location.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { Account } from './accounts.ts';
import { move, type Posting } from './entry.ts';
import type { Before, Rule, Rules } from './money-postings.ts';

/** Every inventory event has to be named here. */
type StockRules = Rules & { readonly [Type in InventoryEvent['type']]: Rule<Type> };

export const STOCK_RULES: StockRules = {
  OrderBackordered: () => [],
  // It comes before the goods are reserved.
  UnitsRemoved: () => [],
  InventoryReserved: ({ lines }) => reserved(lines),
  InventoryReleased: ({ lines }, before) => moveFrom('reserved', 'available', lines, before),
  ReservationConfirmed: ({ lines }, before) =>
    lines.flatMap((line) =>
      line.location === undefined
        ? moveFrom('reserved', 'sold', [line], before)
        : move('reserved', 'sold', articleAt(line.sku, line.location), line.quantity),
    ),
  ItemsChanged: ({ lines, allocation }, before) => {
    const kept = before.balances.unitsOf('reserved');
    if (kept.length === 0) return [];
    const back = kept.flatMap(({ unit, amount }) => move('reserved', 'available', unit, amount));
    return [...back, ...(allocation ? reserved(allocation) : lines.flatMap(reservedWhole))];
  },
  ReturnReceived: ({ accepted }, before) => moveFrom('sold', 'returned', accepted, before),
};

const reserved = (lines: readonly UnitsAt[]): readonly Posting[] =>
  lines.flatMap(({ sku, location, quantity }) => move('available', 'reserved', articleAt(sku, location), quantity));

const reservedWhole = ({ sku, quantity }: Units) => move('available', 'reserved', sku, quantity);

/** The units of an order come from where its book has them, as the inventory does it: at the usual location first, then by id. */
const moveFrom = (from: Account, to: Account, lines: readonly Units[], before: Before): readonly Posting[] =>
  lines.flatMap(({ sku, quantity }) => {
    let left = quantity;
    const parts = before.balances
      .unitsOf(from)
      .filter(({ unit, amount }) => isOf(sku, unit) && amount > 0)
      .toSorted((one, other) => (one.unit < other.unit ? -1 : 1))
      .flatMap(({ unit, amount }) => {
        const moved = Math.min(left, amount);
        left -= moved;
        return move(from, to, unit, moved);
      });
    return [...parts, ...move(from, to, sku, left)];
  });

const isOf = (sku: Sku, unit: string): boolean => unit === sku || unit.startsWith(`${sku}@`);
