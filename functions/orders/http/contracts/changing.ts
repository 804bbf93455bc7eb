import { type Contract, refused } from '../../../shared/http/contract.ts';
import { REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { DISCOUNT_NOT_APPLICABLE, NOTHING_TO_CHARGE, ORDER_TOO_LARGE, UNKNOWN_SKU } from '../problems.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, ORDER_PATH, SHIPPING_ADDRESS } from './examples.ts';

const BODY = { shippingAddress: { ...SHIPPING_ADDRESS, street: '1 Huaihai Road' } };

const CHANGE_ID = '01890a5d-ac96-774b-bcce-b302099a8c01';

export const CHANGING_CONTRACTS: readonly Contract[] = [
  command(routes.cancelOrder, {
    summary: 'Cancel an order',
    description:
      'At any point before the parcel is with the carrier, also while its saga is running: everything that was done is compensated, and the payment goes back. ' +
      'The order is `cancelling` until then, and `cancelled` afterwards; one that is held is `cancelled` at once. Cancelling again changes nothing.',
    examples: [
      {
        name: 'confirmed-order',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        body: { comment: 'Found it cheaper.' },
        answer: accepted(7, 'cancelling'),
      },
      {
        name: 'held-order',
        summary: 'An order that waits for approval',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        answer: accepted(2, 'cancelled'),
      },
      {
        name: 'shipped-order',
        summary: 'A parcel that is on its way',
        given: 'a shipped order',
        path: { orderId: ORDER_ID },
        answer: notWhile(
          '/cancel',
          'The order is shipped; RequestCancellation, which makes it cancelling, is possible only while it is held, created, backordered, inventory_reserved, ' +
            'payment_pending, payment_completed, payment_failed, processing, cancelling, cancelled.',
        ),
      },
    ],
  }),
  command(routes.changeShippingAddress, {
    summary: 'Change the shipping address of an order',
    description: 'Until the shipment is arranged. The whole address is replaced.',
    examples: [
      {
        name: 'other-street',
        summary: 'Another street',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        headers: { 'If-Match': '"1"' },
        body: BODY,
        answer: accepted(2, 'held'),
      },
      {
        name: 'too-late',
        summary: 'An order whose shipment is arranged',
        path: { orderId: ORDER_ID },
        body: BODY,
        answer: notWhile(
          '/shipping-address',
          'The order is processing; ChangeShippingAddress is possible only while it is held, created, backordered, inventory_reserved, payment_pending, payment_completed.',
        ),
      },
    ],
  }),
  command(routes.changeItems, {
    summary: 'Change the items of an order',
    description:
      'Until the shipment is arranged. All items are replaced and priced again; without `discountCodes` those of the order are kept. ' +
      'A code that is on the order stays valid for its changes, also after its end. Stock and ' +
      'authorisation are adjusted, or, when the goods or the money cannot be had, the change is refused as a whole: follow `links.history` for ' +
      '`ItemsChanged` or `ItemsChangeRefused`. One change at a time; none may carry an order over the amount from which orders are reviewed.',
    problems: [UNKNOWN_SKU, DISCOUNT_NOT_APPLICABLE, NOTHING_TO_CHARGE, ORDER_TOO_LARGE, REQUEST_REFUSED],
    examples: [
      {
        name: 'fewer-units',
        summary: 'Fewer units',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        headers: { 'If-Match': '"1"' },
        body: { items: [{ sku: 'TSHIRT', quantity: 90 }] },
        answer: accepted(2, 'held', { changeId: CHANGE_ID }),
      },
      {
        name: 'unknown-article-instead',
        summary: 'An article that the catalogue does not list',
        given: 'a held order',
        path: { orderId: ORDER_ID },
        body: { items: [{ sku: 'UNICORN', quantity: 1 }] },
        answer: refused(UNKNOWN_SKU, 'The catalogue does not list UNICORN.', `${ORDER_PATH}/items`),
      },
    ],
  }),
];
