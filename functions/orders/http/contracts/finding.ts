import { type Contract, refused, UNCHANGED } from '../../../shared/http/contract.ts';
import { CUSTOMER_NOT_FOUND, INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { foundOrders, orderList } from './answers.ts';
import { ORDER_PATH, SUMMARY } from './examples.ts';
import { customerPath } from './order-path.ts';
import { ORDERS } from './tags.ts';

const LIST_PATH = '/api/v1/orders/customer/C1';

const SEARCH_PATH = '/api/v1/orders/search';
const NOT_BY_STATUS = 'Orders are found by the status `status:held` only: it finds those that wait for review.';

export const FINDING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listOrders,
    tag: ORDERS,
    summary: "List a customer's orders",
    description:
      'Newest first, a second or two behind. A page of a query with `status` can be short, or empty, and still have a `next`.',
    pathParameters: customerPath,
    answers: { 200: { description: 'A page of orders.', schema: orderList, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [CUSTOMER_NOT_FOUND, INVALID_CURSOR],
    examples: [
      {
        name: 'first-page',
        summary: 'The newest orders of this year whose payment is captured',
        path: { customerId: 'C1' },
        query: { status: 'processing', from: '2026-01-01', limit: '20' },
        answer: {
          status: 200,
          body: {
            items: [{ ...SUMMARY, links: { self: ORDER_PATH } }],
            links: { self: LIST_PATH },
          },
        },
      },
      {
        name: 'unknown-parameter',
        summary: 'An unknown parameter',
        path: { customerId: 'C1' },
        query: { state: 'processing' },
        answer: refused(INVALID_REQUEST, 'state: This parameter is not known.', LIST_PATH, {
          errors: [{ parameter: 'state', detail: 'This parameter is not known.' }],
        }),
      },
      {
        name: 'strange-cursor',
        summary: 'A malformed cursor',
        path: { customerId: 'C1' },
        query: { cursor: 'more' },
        answer: refused(INVALID_CURSOR, 'This is no cursor; take `next` of an answer as it is.', LIST_PATH),
      },
    ],
  },
  {
    ...routes.searchOrders,
    tag: ORDERS,
    summary: 'Search orders',
    description: [
      'Finds orders by the beginnings of order ids (eight characters or more) and e-mail addresses, by whole numbers of payments (that of the channel, of our attempt,',
      'the reference of a transfer) and of parcels, and by the beginnings of SKUs and names (two or more; one of',
      'Chinese, Japanese and Korean names, at any character; an initial where it stands for itself). Of several words, in any order,',
      'all must match; case, width, accents, punctuation and invisible marks do not matter. Matches are ranked by kind in that order, exact before longer, newest first. `status:held` finds the orders that wait for',
      'review. A second or two behind; with several words a page can be short, or empty, and still have a `next`.',
    ].join(' '),
    answers: { 200: { description: 'A page of matches.', schema: foundOrders, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'by-sku',
        summary: 'Orders of an article',
        query: { q: 'coffee-1kg', limit: '20' },
        answer: {
          status: 200,
          body: {
            items: [
              {
                ...SUMMARY,
                match: 'sku',
                links: { self: ORDER_PATH },
              },
            ],
            links: { self: SEARCH_PATH },
          },
        },
      },
      {
        name: 'unknown-status',
        summary: 'A status by which orders are not found',
        query: { q: 'status:lost' },
        answer: refused(INVALID_REQUEST, `q: ${NOT_BY_STATUS}`, SEARCH_PATH, {
          errors: [{ parameter: 'q', detail: NOT_BY_STATUS }],
        }),
      },
    ],
  },
];
