import { postingsOf } from '../domain/book.ts';
import { type BookId, bookOf, type Owner, ownerOf } from '../domain/book-id.ts';
import { Balances, type Posting } from '../domain/entry.ts';
import type { Finding } from '../domain/finding.ts';
import { checkArticle } from './check-article.ts';
import { checkOrder } from './check-order.ts';
import { checkTransfer } from './check-transfer.ts';
import type { AuditDeps, Checked } from './ports.ts';

export interface AuditLimits {
  /** Goes on after this book. @default at the beginning */
  readonly after?: BookId;
  /** How old the last event of an order has to be. @default the setting `sweepAfterSeconds` */
  readonly graceSeconds?: number;
  /** How many orders, articles and transfers are checked, at most. */
  readonly books: number;
  /** When it stops: milliseconds since the epoch. */
  readonly until: number;
}

export interface Audit {
  /** How many orders. */
  readonly checked: number;
  /** How many articles. */
  readonly articles: number;
  /** How many transfers that quote no reference of an order. */
  readonly transfers: number;
  readonly findings: readonly Finding[];
  /** The books that could not be checked. */
  readonly failed: readonly BookId[];
  /** The sums of the books that were checked. */
  readonly balances: readonly Posting[];
  /** Where the next part begins; undefined after the last book. */
  readonly next?: BookId;
}

/** Checks the next part of all books: first those of orders, then those of articles, then those of transfers. One that cannot be checked keeps no other from it. */
export async function auditBooks(deps: AuditDeps, limits: AuditLimits): Promise<Audit> {
  const findings: Finding[] = [];
  const failed: BookId[] = [];
  const balances = new Balances();
  const counted = { checked: 0, articles: 0, transfers: 0 };
  let last = limits.after;
  const audit = (next?: BookId): Audit => ({
    ...counted,
    findings,
    failed,
    balances: balances.all(),
    ...(next === undefined ? {} : { next }),
  });
  for await (const { owner, check } of checksOf(deps, limits)) {
    const done = counted.checked + counted.articles + counted.transfers;
    if (done >= limits.books || (done > 0 && deps.now() >= limits.until)) return audit(last);
    last = bookOf(owner);
    try {
      const { book, findings: found } = await check();
      findings.push(...found);
      for (const posting of postingsOf(book)) balances.add(posting);
    } catch (error) {
      deps.monitor.failed(last, error);
      failed.push(last);
    }
    counted['sku' in owner ? 'articles' : 'transferId' in owner ? 'transfers' : 'checked'] += 1;
  }
  return audit();
}

interface Check {
  readonly owner: Owner;
  readonly check: () => Promise<Checked>;
}

async function* checksOf(deps: AuditDeps, { after, graceSeconds }: AuditLimits): AsyncIterable<Check> {
  const last = after === undefined ? undefined : ownerOf(after);
  if (last === undefined || 'orderId' in last) {
    for await (const { id, events } of deps.streams.readAll(last === undefined ? {} : { after: last.orderId })) {
      yield { owner: { orderId: id }, check: () => checkOrder(deps, events, graceSeconds) };
    }
  }
  if (last === undefined || !('transferId' in last)) {
    const article = last !== undefined && 'sku' in last ? { after: last.sku } : {};
    for await (const { id, events } of deps.stockStreams.readAll(article)) {
      yield { owner: { sku: id }, check: () => checkArticle(deps, events) };
    }
  }
  const transfer = last !== undefined && 'transferId' in last ? { after: last.transferId } : {};
  for await (const { id, events } of deps.transferStreams.readAll(transfer)) {
    yield { owner: { transferId: id }, check: () => checkTransfer(deps, events) };
  }
}
