import { refused } from '../../../shared/http/contract.ts';
import { itemsChange } from '../command-requests.ts';
import { accepted, command } from './command.ts';
import { ORDER_ID, ORDER_PATH } from './examples.ts';

const CHANGE_ID = '01890a5d-ac96-774b-bcce-b302099a8c01';

export const changeItems = command({
  operationId: 'changeItems',
  method: 'PUT',
  path: '/items',
  summary: 'Change the items of an order',
  description:
    'Until the shipment is arranged. All items are replaced and priced anew; without `discountCodes` those of the order are kept. Stock and ' +
    'authorisation are adjusted, or, when the goods or the money cannot be had, the change is refused as a whole: follow `links.history` for ' +
    '`ItemsChanged` or `ItemsChangeRefused`. One change at a time; none may carry an order over the amount from which orders are reviewed.',
  callers: { customers: true, operators: 'orders:fulfil' },
  body: itemsChange,
  names: 'changeId',
  problems: ['unknown-sku', 'discount-not-applicable', 'nothing-to-charge', 'order-too-large', 'request-refused'],
  examples: [
    {
      name: 'fewer-pieces',
      summary: 'Fewer pieces',
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
      answer: refused('unknown-sku', 'The catalogue does not list UNICORN.', `${ORDER_PATH}/items`),
    },
  ],
});
