import * as z from 'zod';
import { ORDER_EVENT_MEANINGS } from '../../../published/order-event-meanings.ts';
import type { OrderEventType } from '../../../published/order-events.ts';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { customerId, links, orderId, timestamp } from '../../../shared/http/fields.ts';
import { CUSTOMER_NOT_FOUND, INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import { ERASURE_WAITS } from '../../domain/erasable.ts';
import { ERASURE_REASONS } from '../../domain/erasure.ts';
import * as routes from '../../routes.ts';
import { ERASURE_NOT_FOUND } from '../problems.ts';
import { ORDER } from './examples.ts';
import { customerPath, erasurePath } from './order-path.ts';
import { PERSONAL_DATA_TAG } from './tags.ts';

const CUSTOMER_PATH = '/api/v1/customers/C1';
/** Of the examples. */
export const ERASURE_ID = '01890a5d-ac96-774b-bcce-b302099a8f01';
const UNKNOWN_ERASURE_ID = '01890a5d-ac96-774b-bcce-b302099a8f02';
const NO_REASON = `It is "because"; expected one of ${ERASURE_REASONS.join(', ')}.`;
const REQUESTED_AT = '2026-02-28T09:00:00.000Z';

const reason = z.enum(ERASURE_REASONS);
const erasureStatus = z
  .enum(['under_way', 'done'])
  .describe('`under_way` until every order that was placed before the request is erased.');
const count = (what: string) => z.int().min(0).describe(what);

const erasure = z
  .object({
    erasureId: z.uuid(),
    customerId,
    status: erasureStatus,
    reason,
    requestedAt: timestamp.describe('It is for what was ordered until then.'),
    doneAt: timestamp.exactOptional(),
    orders: z.object({
      erased: count('Orders of which nothing personal is left.'),
      next: count('Orders that are known and come next.'),
      waiting: count('Orders of which something is under way: they are erased once that has ended.'),
    }),
    waiting: z
      .array(z.object({ orderId, why: z.enum(ERASURE_WAITS) }))
      .describe('A hundred of the waiting orders, with what has to end first.'),
    links: links('self'),
  })
  .meta({ id: 'Erasure' });

const eventType = z.enum(Object.keys(ORDER_EVENT_MEANINGS) as [OrderEventType, ...OrderEventType[]]);
const anything = z.record(z.string(), z.unknown());

const personalData = z
  .object({
    customerId,
    orders: z.array(
      z.object({
        order: anything.describe('The order as `GET /orders/{orderId}` has it.'),
        events: z
          .array(
            z.object({
              version: z.int().min(1),
              type: eventType,
              occurredAt: timestamp,
              actor: z
                .object({ type: z.enum(['customer', 'operator', 'system']), id: z.string().exactOptional() })
                .describe('Operators are not named.'),
              data: anything.describe('As it is recorded, names, addresses and comments included.'),
            }),
          )
          .describe('Its whole history, oldest first.'),
      }),
    ),
    notifications: z.array(anything).exactOptional().describe('What the customer was told. On the first page.'),
    erasures: z
      .array(
        z.object({
          erasureId: z.uuid(),
          reason,
          requestedAt: timestamp,
          status: erasureStatus,
          doneAt: timestamp.exactOptional(),
        }),
      )
      .exactOptional()
      .describe('What was erased before. On the first page.'),
    next: z.string().exactOptional(),
    links: links('self'),
  })
  .meta({ id: 'PersonalData' });

export const PERSONAL_DATA_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getPersonalData,
    tag: PERSONAL_DATA_TAG,
    summary: 'Get everything that is held of a person',
    description: [
      'The orders of the customer, newest first, each with its whole history; the first page has their notifications and erasures as well. An order is there a',
      'second or two after it was placed. What one pays with (the token of a card, an address of a payment page) is left out. What partners hold (the payment',
      'channels, the carrier, the issuer of tokens) they have to be asked for.',
    ].join(' '),
    pathParameters: customerPath,
    answers: { 200: { description: 'A page of orders, with all that belongs to them.', schema: personalData } },
    problems: [CUSTOMER_NOT_FOUND, INVALID_CURSOR],
    examples: [
      {
        name: 'first-page',
        summary: 'The newest order and what belongs to no order',
        path: { customerId: 'C1' },
        query: { limit: '1' },
        answer: {
          status: 200,
          body: {
            customerId: 'C1',
            orders: [
              {
                order: { orderId: ORDER.orderId, customer: ORDER.customer, shippingAddress: ORDER.shippingAddress },
                events: [
                  {
                    version: 1,
                    type: 'OrderCreated',
                    occurredAt: ORDER.createdAt,
                    actor: { type: 'customer', id: 'C1' },
                    data: {
                      customerId: 'C1',
                      customer: ORDER.customer,
                      shippingAddress: ORDER.shippingAddress,
                      paymentMethod: { type: 'card' },
                    },
                  },
                ],
              },
            ],
            notifications: [],
            erasures: [],
            links: { self: `${CUSTOMER_PATH}/personal-data` },
          },
        },
      },
    ],
  },
  {
    ...routes.requestErasure,
    tag: PERSONAL_DATA_TAG,
    summary: 'Have personal data erased',
    description: [
      'Takes the person out of everything that was ordered until now: names, addresses, e-mail addresses, comments, tokens and account numbers, in the events, the views, the search and',
      'the inbox. Amounts, articles and dates stay, for the books. It begins within minutes, and goes on by itself: an order that is under way, or of which a return, money or a task is',
      'open, is erased once that has ended. The answer names those among the newest hundred orders; the progress names them all. What is ordered later is not part of it. It cannot be taken back.',
    ].join(' '),
    pathParameters: customerPath,
    answers: { 202: { description: 'The erasure is recorded.', schema: erasure, headers: ['Location'] } },
    problems: [CUSTOMER_NOT_FOUND],
    examples: [
      {
        name: 'on-request',
        summary: 'A customer who wants to be forgotten, with an order under way',
        path: { customerId: 'C1' },
        body: { reason: 'customer_request' },
        answer: {
          status: 202,
          body: {
            erasureId: ERASURE_ID,
            customerId: 'C1',
            status: 'under_way',
            reason: 'customer_request',
            requestedAt: REQUESTED_AT,
            orders: { erased: 0, next: 3, waiting: 1 },
            waiting: [{ orderId: ORDER.orderId, why: 'order_under_way' }],
            links: { self: `${CUSTOMER_PATH}/erasures/${ERASURE_ID}` },
          },
        },
      },
      {
        name: 'without-a-reason',
        summary: 'A reason that is none',
        path: { customerId: 'C1' },
        body: { reason: 'because' },
        answer: refused(INVALID_REQUEST, `/reason: ${NO_REASON}`, `${CUSTOMER_PATH}/erasures`, {
          errors: [{ pointer: '/reason', detail: NO_REASON }],
        }),
      },
    ],
  },
  {
    ...routes.getErasure,
    tag: PERSONAL_DATA_TAG,
    summary: 'Ask how far an erasure is',
    description:
      '`done` once nothing is left: a quarter of an hour after the request at the earliest, because the list of orders that it follows can be late.',
    pathParameters: erasurePath,
    answers: { 200: { description: 'The erasure.', schema: erasure } },
    problems: [CUSTOMER_NOT_FOUND, ERASURE_NOT_FOUND],
    examples: [
      {
        name: 'under-way',
        summary: 'Two orders are erased, and one is not over yet',
        given: 'an erasure',
        path: { customerId: 'C1', erasureId: ERASURE_ID },
        answer: {
          status: 200,
          body: {
            erasureId: ERASURE_ID,
            customerId: 'C1',
            status: 'under_way',
            reason: 'customer_request',
            requestedAt: REQUESTED_AT,
            orders: { erased: 2, next: 0, waiting: 1 },
            waiting: [],
            links: { self: `${CUSTOMER_PATH}/erasures/${ERASURE_ID}` },
          },
        },
      },
      {
        name: 'unknown-erasure',
        summary: 'An id that is no erasure of the customer',
        path: { customerId: 'C1', erasureId: UNKNOWN_ERASURE_ID },
        answer: refused(
          ERASURE_NOT_FOUND,
          `There is no erasure ${UNKNOWN_ERASURE_ID}.`,
          `${CUSTOMER_PATH}/erasures/${UNKNOWN_ERASURE_ID}`,
        ),
      },
    ],
  },
];
