import { type Contract, refused } from '../../../shared/http/contract.ts';
import { ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import { RETURN_REASONS } from '../../domain/event-data.ts';
import * as routes from '../../routes.ts';
import { ORDER, ORDER_ID, ORDER_PATH, UNKNOWN_ORDER_ID } from './examples.ts';
import { orderPath } from './order-path.ts';
import { returnTerms } from './return-terms-answers.ts';
import { ORDERS } from './tags.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const TSHIRTS = { sku: 'TSHIRT', name: 'T-shirt', quantity: 2, unitAmount: CNY(11_610), amount: CNY(23_220) };
const COFFEE = {
  sku: 'COFFEE-1KG',
  name: 'Coffee beans, 1 kg',
  quantity: 1,
  unitAmount: CNY(7_920),
  amount: CNY(7_920),
};

export const RETURN_TERMS_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getReturnTerms,
    tag: ORDERS,
    summary: 'Read what a return gives back',
    description:
      'Before it is requested: which units can come back, until when, what was paid for them, and what the shop keeps of that, by the reason of the return ' +
      '(`returns.restockingFeeBasisPoints`). It keeps nothing where goods are not as described, defective, the wrong ones, or late. A return that is requested keeps the fee of that moment. ' +
      'Whoever receives the goods can waive it.',
    pathParameters: orderPath,
    answers: { 200: { description: 'The terms, as of now.', schema: returnTerms } },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'terms',
        summary: 'A delivered order, of a shop that keeps nothing',
        given: 'a delivered order',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            version: 11,
            windowDays: 30,
            until: '2026-03-05T12:00:00.000Z',
            sendWithinDays: 30,
            lines: [COFFEE, TSHIRTS],
            amount: ORDER.total,
            reasons: RETURN_REASONS.map((reason) => ({
              reason,
              restockingFeeBasisPoints: 0,
              restockingFee: CNY(0),
              refund: ORDER.total,
            })),
            returns: [],
            links: { self: `${ORDER_PATH}/return-terms`, order: ORDER_PATH },
          },
        },
      },
      {
        name: 'unknown-order',
        summary: 'An id that is not one of the caller’s orders',
        path: { orderId: UNKNOWN_ORDER_ID },
        answer: refused(
          ORDER_NOT_FOUND,
          `There is no order ${UNKNOWN_ORDER_ID}.`,
          `/api/v1/orders/${UNKNOWN_ORDER_ID}/return-terms`,
        ),
      },
    ],
  },
];
