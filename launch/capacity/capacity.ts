/** Which limit of AWS binds first, and which bind at a number of orders a second. */
import { ORDER_UNITS } from './order-units.ts';
import { QUOTAS, type Quota, SHOP, type Shop } from './quotas.ts';

export interface Bound {
  readonly quota: Quota;
  /** What one order uses of it. */
  readonly perOrder: number;
  /** What so many orders use, a second, or at a time. */
  readonly used: number;
  /** Orders a second at which it binds. */
  readonly bindsAt: number;
  readonly binds: boolean;
}

/** The limits, the one that binds first before the others. */
export const boundsAt = (ordersPerSecond: number, shop: Shop = SHOP): readonly Bound[] =>
  QUOTAS.map((quota): Bound => {
    const perOrder = quota.perOrder(ORDER_UNITS, shop);
    const used = ordersPerSecond * perOrder;
    return { quota, perOrder, used, bindsAt: quota.limit / perOrder, binds: used > quota.limit };
  }).sort((one, other) => one.bindsAt - other.bindsAt);

const inFull = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: count < 10 ? 2 : 0 });

/** For a person: a line for each limit, and what to raise. */
export function capacityLines(ordersPerSecond: number, shop: Shop = SHOP): readonly string[] {
  const bounds = boundsAt(ordersPerSecond, shop);
  const binding = bounds.filter(({ binds }) => binds);
  const first = bounds[0]!;
  return [
    `${inFull(ordersPerSecond)} orders a second, defaults of us-east-1:`,
    '',
    `  ${'limit'.padEnd(42)}${'an order'.padStart(9)}${'used'.padStart(10)}${'limit'.padStart(9)}${'binds at'.padStart(11)}`,
    ...bounds.map(
      ({ quota, perOrder, used, bindsAt, binds }) =>
        `${binds ? '✗' : '✓'} ${quota.name.padEnd(42)}${inFull(perOrder).padStart(9)}${inFull(used).padStart(10)}${inFull(quota.limit).padStart(9)}${inFull(bindsAt).padStart(11)}`,
    ),
    '',
    `${first.quota.name} binds first, at ${inFull(first.bindsAt)} orders a second.`,
    ...(binding.length === 0 ? ['None of them binds here.'] : ['To raise, for so many orders:']),
    ...binding.flatMap(({ quota, used }) => [
      `  ${quota.name}, to ${inFull(used)} or more: ${quota.raise}.`,
      `    ${quota.source}.`,
    ]),
  ];
}
