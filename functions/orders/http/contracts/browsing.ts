import { type Contract, refused, UNCHANGED } from '../../../shared/http/contract.ts';
import { INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { countsShown } from '../counts-of-orders.ts';
import { browsedOrders, orderCounts } from './answers.ts';
import { ORDER, ORDER_PATH, SUMMARY } from './examples.ts';
import { parcelsToPack } from './parcel-answers.ts';
import { ORDERS } from './tags.ts';

const ALL_PATH = '/api/v1/orders';
const PICKS = ORDER.items.map(({ sku, name, quantity }) => ({ sku, name, quantity }));
const NO_CURRENCY = 'It is missing; expected the currency that the amounts are in, such as CNY.';

/** The counts of a shop with one order. */
const COUNTS_OF_ONE = {
  ...countsShown(
    new Map([
      ['all=orders', 1],
      ['needs=packing', 1],
      ['status=processing', 1],
      ['paymentMethod=card', 1],
      ['paymentStatus=captured', 1],
      ['shipmentStatus=arranged', 1],
    ]),
  ),
  links: { self: `${ALL_PATH}/counts` },
};

export const BROWSING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.browseOrders,
    tag: ORDERS,
    summary: 'List all orders',
    description: [
      'Newest first, a second or two behind, by what they are: each parameter leaves orders out. Amounts are in minor units of the `currency`. A page of one',
      'condition reads as many orders as it shows. Of several, the one that the fewest orders meet is looked up, and at most 500 orders are looked at for a page:',
      'it can be short, or empty, and still have a `next`.',
    ].join(' '),
    answers: { 200: { description: 'A page of orders.', schema: browsedOrders, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'captured',
        summary: 'The newest orders by card that are being delivered',
        query: { status: 'processing', paymentMethod: 'card', from: '2026-01-01', limit: '20' },
        answer: {
          status: 200,
          body: {
            items: [
              {
                ...SUMMARY,
                paymentMethod: 'card',
                paymentStatus: 'captured',
                shipmentStatus: 'arranged',
                links: { self: ORDER_PATH },
              },
            ],
            links: { self: ALL_PATH },
          },
        },
      },
      {
        name: 'amount-without-currency',
        summary: 'An amount without its currency',
        query: { minTotal: '100000' },
        answer: refused(INVALID_REQUEST, `currency: ${NO_CURRENCY}`, ALL_PATH, {
          errors: [{ parameter: 'currency', detail: NO_CURRENCY }],
        }),
      },
    ],
  },
  {
    ...routes.countOrders,
    tag: ORDERS,
    summary: 'Count orders',
    description:
      'How many orders there are, by what they are: each count is that of the list with this condition. A second or two behind.',
    answers: { 200: { description: 'The counts.', schema: orderCounts, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [],
    examples: [
      {
        name: 'counts',
        summary: 'One order in all',
        answer: { status: 200, body: COUNTS_OF_ONE },
      },
    ],
  },
  {
    ...routes.listParcels,
    tag: ORDERS,
    summary: 'List the parcels to pack',
    description: [
      'The parcels of confirmed orders that the carrier has booked and that have not left, those of the oldest order first, a second or two behind; `picks` adds up what a page needs.',
      'Hand each over with `POST /orders/{orderId}/shipments/{shipmentId}/hand-over`. A page of one `location` can be short, or empty, and still have a `next`.',
    ].join(' '),
    answers: { 200: { description: 'A page of parcels.', schema: parcelsToPack, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'to-pack',
        summary: 'The parcel of one order',
        query: { location: 'main', limit: '1' },
        given: 'a confirmed order',
        answer: {
          status: 200,
          body: {
            items: [
              {
                orderId: ORDER.orderId,
                shipmentId: ORDER.orderId,
                location: 'main',
                carrier: 'SIM-EXPRESS',
                service: 'standard',
                trackingNumber: 'SE000000000001CN',
                items: PICKS,
                shippingAddress: ORDER.shippingAddress,
                orderedAt: ORDER.createdAt,
                links: { order: ORDER_PATH },
              },
            ],
            picks: PICKS,
            links: { self: '/api/v1/parcels' },
          },
        },
      },
    ],
  },
];
