/** Loads an order from its stream, at a cost that does not grow with the stream. */

import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { Consistency } from '../../shared/event-log/port.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { evolve } from '../domain/evolve.ts';
import { NO_ORDER, type Order } from '../domain/state.ts';
import type { OrderSnapshots } from './ports.ts';

export interface LoadDeps {
  readonly log: OrderLog;
  readonly snapshots: OrderSnapshots;
}

export interface LoadedOrder {
  readonly order: Order;
  /** The version of the stream's last event, 0 when there is no stream; appending expects it. */
  readonly version: number;
  /** The version of the snapshot that the order was folded from; 0 when it was folded from the beginning. */
  readonly snapshotVersion: number;
  /** The last events of the stream. */
  readonly tail: readonly RecordedOrderEvent[];
}

export interface LoadOptions {
  /**
   * A version that the caller has seen of the order: it tells a long order, which then is loaded in one round trip. A wrong one costs a
   * read. @default 0
   */
  readonly knownVersion?: number | undefined;
  /** @default strong */
  readonly consistency?: Consistency;
}

/** Snapshots are taken off the hot path: this many events may come before a snapshot that is due is there. */
export const SLACK = 5;

/**
 * Folds the order from its last events. They hold the whole stream of a usual order, so that one query is all; only a
 * longer one needs its snapshot. A snapshot is an optimisation, never the truth: where it is missing, of another schema
 * version or ahead of the log, the whole stream is folded.
 * See docs/decisions/0019-snapshots-are-an-optimisation.md.
 */
export async function loadOrder(
  { log, snapshots }: LoadDeps,
  orderId: OrderId,
  { knownVersion = 0, consistency = 'strong' }: LoadOptions = {},
): Promise<LoadedOrder> {
  const limit = snapshots.every + SLACK;
  const [tail, early] = await Promise.all([
    log.readLast(orderId, limit, consistency),
    knownVersion > limit ? snapshots.find(orderId) : undefined,
  ]);
  const first = tail[0]?.version ?? 1;
  const last = tail.at(-1)?.version ?? 0;
  if (first === 1) return { ...folded(NO_ORDER, 0, tail), tail };

  const snapshot = early ?? (await snapshots.find(orderId));
  if (!snapshot || snapshot.version > last) return { ...folded(NO_ORDER, 0, await log.read(orderId)), tail };
  const follows = first <= snapshot.version + 1;
  const newer = follows
    ? tail.filter(({ version }) => version > snapshot.version)
    : await log.read(orderId, snapshot.version + 1);
  return { ...folded(snapshot, snapshot.version, newer), tail };
}

/** Takes a snapshot when one is due: `every` events after the last. Short orders never cost one. */
export async function keepSnapshot(
  { snapshots }: Pick<LoadDeps, 'snapshots'>,
  { order, version, snapshotVersion }: LoadedOrder,
): Promise<void> {
  if (order.status !== 'none' && version - snapshotVersion >= snapshots.every) {
    await snapshots.save(order.orderId, order);
  }
}

const folded = (
  from: Order,
  snapshotVersion: number,
  events: readonly RecordedOrderEvent[],
): Omit<LoadedOrder, 'tail'> => ({
  order: events.reduce<Order>(evolve, from),
  version: events.at(-1)?.version ?? snapshotVersion,
  snapshotVersion,
});
