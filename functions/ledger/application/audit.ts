import type { OrderId } from '../../shared/kernel/ids.ts';
import { postingsOf } from '../domain/book.ts';
import { Balances, type Posting } from '../domain/entry.ts';
import type { Finding } from '../domain/findings.ts';
import { checkOrder } from './check-order.ts';
import type { AuditDeps } from './ports.ts';

export interface AuditLimits {
  /** Goes on after this order. @default at the beginning */
  readonly after?: OrderId;
  /** How old the last event of an order has to be. @default the setting `sweepAfterSeconds` */
  readonly graceSeconds?: number;
  /** How many orders are checked, at most. */
  readonly orders: number;
  /** When it stops: milliseconds since the epoch. */
  readonly until: number;
}

export interface Audit {
  readonly checked: number;
  readonly findings: readonly Finding[];
  /** The orders that could not be checked. */
  readonly failed: readonly OrderId[];
  /** The sums of the books of the checked orders. */
  readonly balances: readonly Posting[];
  /** Where the next part begins; undefined after the last order. */
  readonly next?: OrderId;
}

/** Checks the next part of all orders. One that cannot be checked keeps no other from it. */
export async function auditBooks(deps: AuditDeps, { after, graceSeconds, orders, until }: AuditLimits): Promise<Audit> {
  const findings: Finding[] = [];
  const failed: OrderId[] = [];
  const balances = new Balances();
  let checked = 0;
  let last = after;
  const audit = (next?: OrderId): Audit => ({
    checked,
    findings,
    failed,
    balances: balances.all(),
    ...(next === undefined ? {} : { next }),
  });
  for await (const { id, events } of deps.streams.readAll(after === undefined ? {} : { after })) {
    if (checked >= orders || (checked > 0 && deps.now() >= until)) return audit(last);
    try {
      const { book, findings: found } = await checkOrder(deps, events, graceSeconds);
      findings.push(...found);
      for (const posting of postingsOf(book)) balances.add(posting);
    } catch (error) {
      deps.monitor.failed(id, error);
      failed.push(id);
    }
    checked += 1;
    last = id;
  }
  return audit();
}
