import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { RETURN_NOT_FOUND } from '../problems.ts';
import { accepted, command, notWhile } from './command.ts';
import { ORDER_ID, ORDER_PATH, RETURN_ID } from './examples.ts';

const UNKNOWN_RETURN_ID = '01890a5d-ac96-774b-bcce-b302099a8f00';

export const RETURNING_CONTRACTS: readonly Contract[] = [
  command(routes.requestReturn, {
    summary: 'Request a return',
    description:
      'Once the parcel is with the carrier. Units that came back, or are on their way, cannot be returned again; those that were rejected or withdrawn, or of which nothing came in time, can. ' +
      'A customer can send goods back for as many days after the delivery as the shop has set (`returns.windowDays`); operators can record a return at any time. ' +
      'A return of which nothing has come by its `expectedUntil` (`returns.sendWithinDays`) expires. ' +
      'What the shop keeps of its refunds (`restockingFeeBasisPoints`) depends on the reason: `return-terms` says it before.',
    problems: [REQUEST_REFUSED],
    examples: [
      {
        name: 'one-of-two',
        summary: 'One of two T-shirts',
        given: 'a delivered order',
        path: { orderId: ORDER_ID },
        body: { items: [{ sku: 'TSHIRT', quantity: 1 }], reason: 'does_not_fit', comment: 'Too small.' },
        answer: accepted(9, 'delivered', { returnId: RETURN_ID }),
      },
      {
        name: 'not-shipped',
        summary: 'Goods that are not shipped yet',
        path: { orderId: ORDER_ID },
        body: { items: [{ sku: 'TSHIRT', quantity: 1 }] },
        answer: notWhile(
          '/returns',
          'The order is processing; RequestReturn is possible only while it is shipped, delivered.',
        ),
      },
    ],
  }),
  command(routes.receiveReturn, {
    pathParameters: { returnId: z.uuid() },
    summary: 'Record that returned goods have arrived',
    description:
      'What was accepted and what was rejected, for which reason; the rest of the return is waited for. Without a body, everything that ' +
      'is undecided is accepted. What was paid for accepted goods and has not gone back yet is refunded, without the restocking fee of the return unless `waivesFee` is true. Accepted units are back in stock, but ' +
      'for those that `damaged` names. What comes of a return that has expired is taken as well, but for units that are expected with another return or came with one.',
    problems: [REQUEST_REFUSED, RETURN_NOT_FOUND],
    examples: [
      {
        name: 'goods-back',
        summary: 'A return that is fine',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        answer: accepted(11, 'delivered'),
      },
      {
        name: 'accepted-units',
        summary: 'The accepted units, by article; all others are waited for',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: { accepted: [{ sku: 'TSHIRT', quantity: 1 }] },
        answer: accepted(11, 'delivered'),
      },
      {
        name: 'not-to-be-sold-again',
        summary: 'A unit is accepted, and cannot be sold again',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: { damaged: [{ sku: 'TSHIRT', quantity: 1 }] },
        answer: accepted(11, 'delivered'),
      },
      {
        name: 'fee-waived',
        summary: 'Goods that are fine, of whose price the shop keeps nothing, whatever it was to be',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: { waivesFee: true },
        answer: accepted(11, 'delivered'),
      },
      {
        name: 'damaged-goods',
        summary: 'A unit is rejected',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: { rejected: [{ sku: 'TSHIRT', quantity: 1, reason: 'damaged', comment: 'It has a hole.' }] },
        answer: accepted(10, 'delivered'),
      },
      {
        name: 'more-than-announced',
        summary: 'More units than the return waits for',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: {
          accepted: [{ sku: 'TSHIRT', quantity: 1 }],
          rejected: [{ sku: 'TSHIRT', quantity: 1, reason: 'used' }],
        },
        answer: refused(
          REQUEST_REFUSED,
          'This decides about 2 of TSHIRT; the return waits for 1.',
          `${ORDER_PATH}/returns/${RETURN_ID}/receive`,
        ),
      },
      {
        name: 'unknown-return',
        summary: 'A return that was not requested',
        given: 'a delivered order',
        path: { orderId: ORDER_ID, returnId: UNKNOWN_RETURN_ID },
        answer: refused(
          RETURN_NOT_FOUND,
          `The order has no return ${UNKNOWN_RETURN_ID}.`,
          `${ORDER_PATH}/returns/${UNKNOWN_RETURN_ID}/receive`,
        ),
      },
    ],
  }),
  command(routes.withdrawReturn, {
    pathParameters: { returnId: z.uuid() },
    summary: 'Withdraw a return',
    description:
      'The customer keeps the units that were neither accepted nor rejected yet. They can be returned again.',
    problems: [REQUEST_REFUSED, RETURN_NOT_FOUND],
    examples: [
      {
        name: 'changed-mind',
        summary: 'The customer keeps the goods',
        given: 'a delivered order with a return',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        body: { comment: 'It fits after all.' },
        answer: accepted(10, 'delivered'),
      },
      {
        name: 'goods-are-back',
        summary: 'A return that was received',
        given: 'a delivered order whose return was received',
        path: { orderId: ORDER_ID, returnId: RETURN_ID },
        answer: refused(
          REQUEST_REFUSED,
          'The return is received, and nothing of it is undecided. Request another return for these goods.',
          `${ORDER_PATH}/returns/${RETURN_ID}/withdraw`,
        ),
      },
    ],
  }),
];
