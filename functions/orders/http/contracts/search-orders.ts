import { type Contract, refused } from '../../../shared/http/contract.ts';
import { searchQuery } from '../search-request.ts';
import { foundOrders } from './answers.ts';
import { ORDER, ORDER_PATH } from './examples.ts';

const SEARCH_PATH = '/api/v1/orders/search';
const TOO_SHORT =
  'Each word has at least two characters (one, of scripts without spaces) of an e-mail address, a SKU or a name; of an order id 8. `status:held` finds orders that wait for review.';

export const searchOrders: Contract = {
  operationId: 'searchOrders',
  method: 'GET',
  path: '/orders/search',
  tag: 'Orders',
  summary: 'Search orders',
  description: [
    'Finds orders by the beginnings of order ids (eight characters or more), e-mail addresses, SKUs and names (two or more; one of',
    'Chinese, Japanese and Korean names, at any character). Of several words all must match; case and width do not matter.',
    'Matches are ranked by kind in that order, exact before longer, newest first. `status:held` finds the orders that wait for',
    'review. A second or two behind; with several words a page can be short, or empty, and still have a `next`.',
  ].join(' '),
  callers: { operators: 'orders:read' },
  request: { query: searchQuery },
  answers: { 200: { description: 'A page of matches.', schema: foundOrders } },
  problems: ['invalid-cursor'],
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
              orderId: ORDER.orderId,
              customerId: 'C1',
              status: 'processing',
              parked: false,
              total: ORDER.total,
              units: 3,
              createdAt: ORDER.createdAt,
              updatedAt: ORDER.updatedAt,
              version: 6,
              match: 'sku',
              links: { self: ORDER_PATH },
            },
          ],
          links: { self: SEARCH_PATH },
        },
      },
    },
    {
      name: 'too-short',
      summary: 'A word that is too short',
      query: { q: 'x' },
      answer: refused('invalid-request', `q: ${TOO_SHORT}`, SEARCH_PATH, {
        errors: [{ parameter: 'q', detail: TOO_SHORT }],
      }),
    },
  ],
};
