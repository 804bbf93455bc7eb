import { addressChange } from '../command-requests.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, SHIPPING_ADDRESS } from './examples.ts';

const BODY = { shippingAddress: { ...SHIPPING_ADDRESS, street: '1 Huaihai Road' } };

export const changeShippingAddress = command({
  operationId: 'changeShippingAddress',
  method: 'PUT',
  path: '/shipping-address',
  summary: 'Send an order elsewhere',
  description: 'Until the shipment is arranged. The whole address is replaced.',
  callers: { customers: true, operators: 'orders:fulfil' },
  body: addressChange,
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
      summary: 'An order whose parcel is arranged',
      path: { orderId: ORDER_ID },
      body: BODY,
      answer: notWhile(
        '/shipping-address',
        'The order is processing; ChangeShippingAddress is possible only while it is held, created, inventory_reserved, payment_pending, payment_completed.',
      ),
    },
  ],
});
