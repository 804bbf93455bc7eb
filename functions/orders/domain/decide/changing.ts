/** The changes that a customer can make until the parcel is packed and addressed. */
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { ChangeItems, ChangeShippingAddress, RefuseItemsChange } from '../commands.ts';
import { decider } from './decider.ts';
import { needsReview } from './placing.ts';

export const changeShippingAddress = decider<ChangeShippingAddress>('ChangeShippingAddress')
  .in('held', 'created', 'inventory_reserved', 'payment_pending', 'payment_completed')
  .to('unchanged', (order, { shippingAddress }) => {
    if (order.shipment.status !== 'pending') return refuse({ kind: 'shipment-arranged' });
    return accept([{ type: 'AddressChanged', data: { shippingAddress } }]);
  });

/**
 * A held order has neither reservation nor authorisation, so the change is made at once. For any other order they are
 * adjusted first: the change is requested, and made or refused as a whole.
 */
export const changeItems = decider<ChangeItems>('ChangeItems')
  .in('held', 'created', 'inventory_reserved', 'payment_pending', 'payment_completed')
  .to('unchanged', (order, { changeId, lines, subtotal, discounts, total, reviewFrom }) => {
    if (order.itemsChange) return refuse({ kind: 'change-pending', changeId: order.itemsChange.changeId });
    if (order.shipment.status !== 'pending') return refuse({ kind: 'shipment-arranged' });
    if (total.currency !== order.total.currency) {
      return refuse({ kind: 'currency-differs', expected: order.total.currency, got: total.currency });
    }
    const data = { changeId, lines, subtotal, discounts, total };
    if (order.status === 'held') return accept([{ type: 'ItemsChanged', data }]);
    if (reviewFrom !== undefined && needsReview(total.amount, reviewFrom) && total.amount > order.total.amount) {
      return refuse({ kind: 'needs-review', reviewFrom });
    }
    return accept([{ type: 'ItemsChangeRequested', data }]);
  });

/** A change is answered once. */
export const refuseItemsChange = decider<RefuseItemsChange>('RefuseItemsChange')
  .in(
    'held',
    'created',
    'inventory_reserved',
    'payment_pending',
    'payment_completed',
    'payment_failed',
    'processing',
    'shipped',
    'delivered',
    'cancelling',
    'cancelled',
    'refunded',
  )
  .to('unchanged', (order, { changeId, reason }) =>
    accept(
      order.itemsChange?.changeId === changeId ? [{ type: 'ItemsChangeRefused', data: { changeId, reason } }] : [],
    ),
  );
