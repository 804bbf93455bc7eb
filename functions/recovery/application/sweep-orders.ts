import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Finding } from '../domain/findings.ts';
import { checkStream } from './check-progress.ts';
import type { SweepDeps } from './sweep-ports.ts';

export interface SweepLimits {
  /** How many orders are looked at, at most. */
  readonly orders: number;
  /** When it stops: milliseconds since the epoch. */
  readonly until: number;
}

export interface Sweep {
  /** How many orders were looked at. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  /** Whether all orders have been looked at since the pass began; the next sweep begins anew. */
  readonly complete: boolean;
}

/**
 * Looks at the next part of all orders, for those that no event has led to a check of: events that never reached the bus.
 * An order that cannot be looked at keeps no other from it.
 */
export async function sweepOrders(deps: SweepDeps, { orders, until }: SweepLimits): Promise<Sweep> {
  const after = await deps.cursor.find();
  const findings: Finding[] = [];
  let checked = 0;
  let last: OrderId | undefined;
  let complete = true;
  for await (const { id, events } of deps.streams.readAll(after === undefined ? {} : { after })) {
    if (checked >= orders || deps.now() >= until) {
      complete = false;
      break;
    }
    try {
      findings.push(...(await checkStream(deps, id, events)).findings);
    } catch (error) {
      deps.monitor.failed(id, error);
    }
    checked += 1;
    last = id;
  }
  await deps.cursor.save(complete ? undefined : (last ?? after));
  return { checked, findings, complete };
}
