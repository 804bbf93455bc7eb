import type { PlaceInList } from '../application/ports.ts';
import { hasEnded } from '../domain/erasable.ts';
import { type OrderSummary, summaryOf } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';
import { firstExpiry } from '../domain/returns.ts';
import { ORDER_TABLES } from './tables.ts';

/** A view as the table stores it, with the attributes that the index of customers' orders needs. */
interface OrderViewRow extends OrderView {
  /** When the order was placed, made unique: the index's sort key. */
  readonly placed: string;
  readonly units: number;
  /** Of an order that has ended, until the person is taken out of it: the keys of the index of those whose personal data is kept. */
  readonly [KEPT_PART]?: string;
  readonly [KEPT_FROM]?: string;
  /** Of an order that waits for goods to come back, until the first of them have come or are late: the keys of the index of those. */
  readonly [AWAITING]?: typeof RETURNS;
  readonly [RETURN_DUE]?: string;
}

const { partitionKey: KEPT_PART, sortKey: KEPT_FROM } = ORDER_TABLES.orderView.indexes.byKept;
const { partitionKey: AWAITING, sortKey: RETURN_DUE } = ORDER_TABLES.orderView.indexes.byReturnDue;
/** The one partition of their index: few orders come back. */
export const RETURNS = 'returns';

export function rowOf(view: OrderView): OrderViewRow {
  const returnDue = firstExpiry(view.returns);
  return {
    ...view,
    placed: placedAt(view),
    units: summaryOf(view).units,
    ...(hasEnded(view.status) ? { [KEPT_PART]: keptPartOf(view.orderId), [KEPT_FROM]: view.updatedAt } : {}),
    ...(returnDue === undefined ? {} : { [AWAITING]: RETURNS, [RETURN_DUE]: returnDue }),
  };
}

/** Orders end in the order of time, so one part of the index would take all of them, and hold up the table where there are a thousand a second. */
export const KEPT_PARTS: readonly string[] = [...'0123456789abcdef'];

/** By the last digit of the id, which is random. */
const keptPartOf = (orderId: string): string => orderId.slice(-1);

export function viewOfRow(row: Record<string, unknown>): OrderView {
  const {
    placed: _,
    units: __,
    [KEPT_PART]: ___,
    [KEPT_FROM]: ____,
    [AWAITING]: _____,
    [RETURN_DUE]: ______,
    ...view
  } = row as unknown as OrderViewRow;
  // Rows of before there were several shipments have none.
  return { ...view, shipments: view.shipments ?? [] };
}

/** Reads an entry of the index, which has the attributes of a summary and the keys. */
export function summaryOfEntry(entry: Record<string, unknown>): OrderSummary {
  const { placed: _, ...summary } = entry as unknown as OrderSummary & { readonly placed: string };
  return summary;
}

export const placedAt = ({ createdAt, orderId }: PlaceInList): string => `${createdAt}#${orderId}`;
