/** The commands of customers and operators, as the platform's own. */
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { line, priced } from '../../support/orders/streams.ts';
import { type Command, SHIRT } from '../load.ts';

export const SHIRT_PRICE = 12_900;

/** Undefined when the order has nothing that the command could be about. */
export function orderCommand(command: Command, order: ExistingOrder, newId: () => string): OrderCommand | undefined {
  const { orderId } = order;
  switch (command) {
    case 'cancel':
      return { orderId, type: 'RequestCancellation', reason: 'customer_request' };
    case 'change-items':
      return { orderId, type: 'ChangeItems', changeId: newId(), ...priced([line(SHIRT, 2, SHIRT_PRICE)]) };
    case 'change-address':
      return {
        orderId,
        type: 'ChangeShippingAddress',
        shippingAddress: { ...order.shippingAddress, street: '1 Bund' },
      };
    case 'approve':
      return { orderId, type: 'ApproveOrder' };
    case 'reject':
      return { orderId, type: 'RejectOrder' };
    case 'refund-part':
      return { orderId, type: 'RefundOrder', refundId: newId(), scope: { type: 'amount', amount: money(100, 'CNY') } };
    case 'ship':
      return { orderId, type: 'ShipOrder' };
    case 'deliver':
      return { orderId, type: 'DeliverOrder' };
    case 'request-return':
      return { orderId, type: 'RequestReturn', returnId: newId(), items: [{ sku: SHIRT as Sku, quantity: 1 }] };
    case 'receive-return': {
      const returnId = order.returns[0]?.returnId;
      return returnId === undefined ? undefined : { orderId, type: 'ReceiveReturn', returnId, refundId: newId() };
    }
  }
}
