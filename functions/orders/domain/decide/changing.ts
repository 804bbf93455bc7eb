/** The changes that a customer can make until the parcel is packed and addressed. */
import {
  type ItemsChangeRefused,
  ORDER_STATUSES,
  type PricedItems,
  type ShippingAddress,
} from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import { amountNotTaken } from '../payable-amounts.ts';
import { decider } from './decider.ts';
import { needsReview } from './placing.ts';

/** Until the shipment is arranged, the shipping address can change. */
export interface ChangeShippingAddress extends Command<'ChangeShippingAddress'> {
  readonly shippingAddress: ShippingAddress;
}

const changeShippingAddress = decider<ChangeShippingAddress>()
  .in('held', 'created', 'backordered', 'inventory_reserved', 'payment_pending', 'payment_completed')
  .to('unchanged', (order, { shippingAddress }) => {
    if (order.shipment.status !== 'pending') return refuse({ kind: 'shipment-arranged' });
    return accept([{ type: 'AddressChanged', data: { shippingAddress } }]);
  });

/** Until the shipment is arranged, the items can change; the new ones are already priced, from the catalogue. */
export interface ChangeItems extends Command<'ChangeItems'>, PricedItems {
  readonly changeId: string;
  /** As on creation: a change must not get around the approval. */
  readonly reviewFrom?: number;
}

/**
 * An order that is held or waits for goods has neither reservation nor authorisation, so the change is made at once. For any other
 * order they are adjusted first: the change is requested, and made or refused as a whole.
 */
const changeItems = decider<ChangeItems>()
  .in('held', 'created', 'backordered', 'inventory_reserved', 'payment_pending', 'payment_completed')
  .to('unchanged', (order, { changeId, lines, subtotal, discounts, total, reviewFrom }) => {
    if (order.itemsChange) return refuse({ kind: 'change-pending', changeId: order.itemsChange.changeId });
    if (order.shipment.status !== 'pending') return refuse({ kind: 'shipment-arranged' });
    if (total.currency !== order.total.currency) {
      return refuse({ kind: 'currency-differs', expected: order.total.currency, got: total.currency });
    }
    const notTaken = amountNotTaken(order.paymentMethod, total);
    if (notTaken) return refuse(notTaken);
    const data = { changeId, lines, subtotal, discounts, total };
    if (order.status === 'held') return accept([{ type: 'ItemsChanged', data }]);
    if (reviewFrom !== undefined && needsReview(total.amount, reviewFrom) && total.amount > order.total.amount) {
      return refuse({ kind: 'needs-review', reviewFrom });
    }
    return accept([{ type: order.status === 'backordered' ? 'ItemsChanged' : 'ItemsChangeRequested', data }]);
  });

/** The change of items could not be carried out; the order stays as it was. */
export interface RefuseItemsChange extends Command<'RefuseItemsChange'> {
  readonly changeId: string;
  readonly reason: ItemsChangeRefused['data']['reason'];
}

/** A change is answered once. */
const refuseItemsChange = decider<RefuseItemsChange>()
  .in(...ORDER_STATUSES)
  .to('unchanged', (order, { changeId, reason }) =>
    accept(
      order.itemsChange?.changeId === changeId ? [{ type: 'ItemsChangeRefused', data: { changeId, reason } }] : [],
    ),
  );

export const CHANGING = {
  ChangeShippingAddress: changeShippingAddress,
  ChangeItems: changeItems,
  RefuseItemsChange: refuseItemsChange,
} as const;
