/** Which units of an order can come back. Pure. */
import { countOf, type Units } from '../../shared/kernel/units.ts';
import { type CountUnits, unitsLeft } from './decide/refunding.ts';
import { awaited, undecided } from './returns.ts';
import { unitsThatLeft } from './shipments.ts';
import type { DeliveringOrder, ExistingOrder, Return } from './state.ts';

/** How long goods can be sent back. */
export interface ReturnWindow {
  /** After the delivery of the order's last parcel. */
  readonly days: number;
  /** ISO 8601, UTC: what was delivered before it is too old to be sent back. */
  readonly since: string;
}

/** When the customer got the last parcel: ISO 8601, UTC; undefined while one is on its way. */
export const lastDelivery = ({ status, shipments }: Pick<ExistingOrder, 'status' | 'shipments'>): string | undefined =>
  status === 'delivered'
    ? shipments
        .flatMap(({ deliveredAt }) => deliveredAt ?? [])
        .sort()
        .at(-1)
    : undefined;

/** When the customer got the last parcel, if that is too long ago for its goods to be sent back: ISO 8601, UTC. */
export function deliveredTooLongAgo(order: DeliveringOrder, window: ReturnWindow | undefined): string | undefined {
  const deliveredAt = lastDelivery(order);
  return window !== undefined && deliveredAt !== undefined && deliveredAt < window.since ? deliveredAt : undefined;
}

type OrderWithReturns = Pick<DeliveringOrder, 'lines' | 'shipments' | 'returns'>;

/** Units that came back, or are waited for. */
const returnedUnits: CountUnits<OrderWithReturns> = ({ returns }, { sku }) =>
  countOf(
    sku,
    returns.flatMap((back) => [...back.accepted, ...awaited(back)]),
  );

/** Units that could be sent back: a parcel that has not left yet is none of them. */
export const withTheCustomer = (order: OrderWithReturns, units: Units): number =>
  Math.min(unitsLeft(order, units, returnedUnits), unitsThatLeft(order, units) - returnedUnits(order, units));

/** What can be decided about now: nobody takes the same unit twice. */
export function receivable(order: OrderWithReturns, back: Return): Units[] {
  const open = undecided(back);
  if (back.expiredAt === undefined) return open;
  return open
    .map((units) => ({ ...units, quantity: Math.min(units.quantity, withTheCustomer(order, units)) }))
    .filter(({ quantity }) => quantity > 0);
}
