/**
 * Returns of goods. See docs/decisions/0090-units-of-a-return-are-decided-one-by-one.md and docs/decisions/0162-a-return-that-nobody-sends-expires.md.
 */

import type { RejectedUnits, ReturnReason } from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { countOf, type Units } from '../../../shared/kernel/units.ts';
import type { Refusal } from '../refusals.ts';
import { deliveredTooLongAgo, type ReturnWindow, receivable, withTheCustomer } from '../returnable.ts';
import { awaited, isOverdue, undecided } from '../returns.ts';
import type { OrderIn, Return } from '../state.ts';
import { decider } from './decider.ts';
import { commented } from './placing.ts';
import { lessFee, refundOfGoods, requested, tooManyUnits } from './refunding.ts';

/** The customer wants to send goods back. */
export interface RequestReturn extends Command<'RequestReturn'> {
  readonly returnId: string;
  /** Each SKU once. */
  readonly items: readonly Units[];
  readonly reason?: ReturnReason;
  /** Left out for those whom the shop's policy does not bind. */
  readonly window?: ReturnWindow;
  /** When the return expires if nothing of it has come: ISO 8601, UTC. @default never */
  readonly expectedUntil?: string;
  /** The part of its refunds that the shop keeps, in hundredths of a percent. @default nothing */
  readonly restockingFeeBasisPoints?: number;
  readonly comment?: string;
}

/** Units that were rejected or withdrawn, or did not come in time, are with the customer, and can be returned again. */
const requestReturn = decider<RequestReturn>()
  .in('shipped', 'delivered')
  .to('unchanged', (order, { returnId, items, reason, window, expectedUntil, restockingFeeBasisPoints, comment }) => {
    const deliveredAt = deliveredTooLongAgo(order, window);
    if (window !== undefined && deliveredAt !== undefined) {
      return refuse({ kind: 'return-window-over', days: window.days, deliveredAt });
    }
    const tooMany = items
      .map((units) => tooManyUnits(units, withTheCustomer(order, units)))
      .find((refusal) => refusal !== undefined);
    if (tooMany) return refuse(tooMany);
    const data = {
      returnId,
      lines: items,
      ...(reason === undefined ? {} : { reason }),
      ...(expectedUntil === undefined ? {} : { expectedUntil }),
      ...(restockingFeeBasisPoints ? { restockingFeeBasisPoints } : {}),
      ...commented(comment),
    };
    return accept([{ type: 'ReturnRequested', data }]);
  });

/** Units that have come back, and what the shop makes of them. */
export interface InspectedUnits {
  /** Each SKU once. */
  readonly accepted: readonly Units[];
  readonly rejected: readonly RejectedUnits[];
}

/** Goods of a return have arrived: the price of those that are accepted is refunded. */
export interface ReceiveReturn extends Command<'ReceiveReturn'> {
  readonly returnId: string;
  readonly refundId: string;
  /** @default everything that is undecided is accepted */
  readonly inspected?: InspectedUnits;
  /** Those of the accepted units that cannot be sold again, each SKU once. @default none */
  readonly damaged?: readonly Units[];
  /** The shop keeps nothing of the refund, whatever the return says. @default false */
  readonly waivesFee?: boolean;
}

/**
 * Records what was decided about the goods, and requests the refund of the accepted units that were not refunded before. To
 * receive a whole return twice makes no event. What comes of a return that has expired is taken, unless its units are expected with another one, or came with it.
 */
const receiveReturn = decider<ReceiveReturn>()
  .in('shipped', 'delivered', 'refunded')
  .to('unchanged', (order, { returnId, refundId, inspected, damaged = [], waivesFee = false }) => {
    const found = returnOf(order, returnId);
    if (!found.ok) return found;
    const back = found.value;
    const open = receivable(order, back);
    if (open.length === 0) {
      const isWhole = undecided(back).length === 0 && back.withdrawn.length === 0;
      const isRepeated = !inspected && back.status === 'received' && isWhole;
      return isRepeated ? accept([]) : refuse(closed(back));
    }
    const { accepted, rejected } = inspected ?? { accepted: open, rejected: [] };
    const beyond = moreThanUndecided(open, [...accepted, ...rejected]);
    if (beyond) return refuse(beyond);
    const beyondAccepted = moreThanUndecided(accepted, damaged);
    if (beyondAccepted) return refuse(beyondAccepted);
    const data = {
      customerId: order.customerId,
      returnId,
      accepted,
      rejected,
      ...(damaged.length > 0 ? { damaged } : {}),
    };
    const received = { type: 'ReturnReceived', data } as const;
    if (order.status === 'refunded') return accept([received]);
    const refund = refundOfGoods(order, accepted);
    if (refund === undefined) return accept([received]);
    const { restockingFeeBasisPoints = 0 } = back;
    const due = lessFee(order, refund, waivesFee ? 0 : restockingFeeBasisPoints);
    return accept([received, ...requested(order, { refundId, ...due, returnId })]);
  });

/** The customer keeps what was not decided yet. */
export interface WithdrawReturn extends Command<'WithdrawReturn'> {
  readonly returnId: string;
  readonly comment?: string;
}

/** A repetition makes no event. */
const withdrawReturn = decider<WithdrawReturn>()
  .in('shipped', 'delivered', 'refunded')
  .to('unchanged', (order, { returnId, comment }) => {
    const found = returnOf(order, returnId);
    if (!found.ok) return found;
    const back = found.value;
    const lines = awaited(back);
    if (lines.length === 0) return back.withdrawn.length > 0 ? accept([]) : refuse(closed(back));
    const { customerId } = order;
    return accept([{ type: 'ReturnWithdrawn', data: { customerId, returnId, lines, ...commented(comment) } }]);
  });

/** The platform's own: nothing of a return has come in time. */
export interface ExpireReturn extends Command<'ExpireReturn'> {
  readonly returnId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A return that is not overdue, or not any more, makes no event: whoever asks has read what may be out of date. */
const expireReturn = decider<ExpireReturn>()
  .in('shipped', 'delivered', 'refunded')
  .to('unchanged', (order, { returnId, at }) => {
    const found = returnOf(order, returnId);
    if (!found.ok) return found;
    if (!isOverdue(found.value, at)) return accept([]);
    const { customerId } = order;
    return accept([{ type: 'ReturnExpired', data: { customerId, returnId, lines: undecided(found.value) } }]);
  });

function returnOf({ returns }: Pick<OrderIn<'shipped'>, 'returns'>, returnId: string): Result<Return, Refusal> {
  const back = returns.find((one) => one.returnId === returnId);
  return back ? accept(back) : refuse({ kind: 'unknown-return', returnId });
}

const closed = ({ returnId, status }: Return): Refusal => ({ kind: 'return-closed', returnId, status });

function moreThanUndecided(open: readonly Units[], inspected: readonly Units[]): Refusal | undefined {
  for (const { sku } of inspected) {
    const [wanted, left] = [countOf(sku, inspected), countOf(sku, open)];
    if (wanted > left) return { kind: 'more-than-undecided', sku, wanted, left };
  }
  return undefined;
}

export const RETURNING = {
  RequestReturn: requestReturn,
  ReceiveReturn: receiveReturn,
  WithdrawReturn: withdrawReturn,
  ExpireReturn: expireReturn,
} as const;
