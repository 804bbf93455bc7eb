import type { PlaceInList } from '../application/ports.ts';
import { type OrderSummary, summaryOf } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';

/** The version of the view that has nothing personal in it any more. A projection of a newer one writes the view without it. */
export const ERASED_VERSION = 'erasedVersion';

/** A view as the table stores it, with the attributes that the index of customers' orders needs. */
interface OrderViewRow extends OrderView {
  /** When the order was placed, made unique: the index's sort key. */
  readonly placed: string;
  readonly units: number;
}

export const rowOf = (view: OrderView): OrderViewRow => ({
  ...view,
  placed: placedAt(view),
  units: summaryOf(view).units,
});

export function viewOfRow(row: Record<string, unknown>): OrderView {
  const {
    placed: _,
    units: __,
    [ERASED_VERSION]: ___,
    ...view
  } = row as unknown as OrderViewRow & {
    readonly [ERASED_VERSION]?: number;
  };
  return view;
}

/** Reads an entry of the index, which has the attributes of a summary and the keys. */
export function summaryOfEntry(entry: Record<string, unknown>): OrderSummary {
  const { placed: _, ...summary } = entry as unknown as OrderSummary & { readonly placed: string };
  return summary;
}

export const placedAt = ({ createdAt, orderId }: PlaceInList): string => `${createdAt}#${orderId}`;
