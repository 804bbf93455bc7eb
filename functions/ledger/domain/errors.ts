import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { DEFECT, type ErrorRows } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';

/** The errors of the ledger. */
export const LEDGER_ERRORS = { UnbalancedEntry: DEFECT } as const satisfies ErrorRows;

/** A rule moves what comes from nowhere. Nothing is booked; the order is as it was, and the event comes again. */
export class UnbalancedEntry extends WaybillError {
  override readonly name = 'UnbalancedEntry';
  override readonly errorClass = LEDGER_ERRORS.UnbalancedEntry;

  constructor(
    { orderId, version, type }: RecordedOrderEvent,
    sums: readonly { readonly unit: string; readonly sum: number }[],
  ) {
    const wrong = sums.map(({ unit, sum }) => `${sum} ${unit}`).join(', ');
    super(`The postings of ${type}, event ${version} of order ${orderId}, sum to ${wrong}; expected zero.`, {
      data: { orderId, version, type },
    });
  }
}
