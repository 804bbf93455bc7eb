import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links, orderId } from '../../../shared/http/fields.ts';
import { FORBIDDEN, ORDER_NOT_FOUND, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { BOOK, entry, finding, LEDGER, ORDER_ID, posting } from './answers.ts';

const CORRECTION = [
  { account: 'channel/card', unit: 'CNY', amount: -310 },
  { account: 'fees', unit: 'CNY', amount: 310 },
];

export const ORDER_BOOK_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getOrderBook,
    tag: LEDGER,
    summary: 'Read the books of an order',
    description:
      'What each event of the order moved, the balances that follow, and the rules that they break at this moment. Entries are posted some seconds after their events: those of events after `postedUpTo` are shown as they will be.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The books of the order.',
        schema: z
          .object({
            orderId,
            postedUpTo: z.int().min(0),
            entries: z.array(entry),
            balances: z.array(posting).describe('Accounts at zero are left out.'),
            findings: z.array(finding),
            links: links('self', 'order', 'history'),
          })
          .meta({ id: 'OrderBook' }),
      },
    },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'confirmed',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            postedUpTo: 6,
            entries: [
              {
                of: 5,
                type: 'PaymentCaptured',
                occurredAt: '2026-01-02T03:04:09.000Z',
                postings: [
                  { account: 'clearing', unit: 'CNY', amount: -31_140 },
                  { account: 'channel/card', unit: 'CNY', amount: 31_140 },
                ],
              },
            ],
            balances: [{ account: 'channel/card', unit: 'CNY', amount: 31_140 }],
            findings: [],
            links: { self: BOOK, order: `/api/v1/orders/${ORDER_ID}`, history: `/api/v1/orders/${ORDER_ID}/history` },
          },
        },
      },
      {
        name: 'unknown',
        summary: 'An order that there is not',
        path: { orderId: '01890a5d-ac96-774b-bcce-b302099a8059' },
        answer: refused(
          ORDER_NOT_FOUND,
          'There is no order 01890a5d-ac96-774b-bcce-b302099a8059.',
          '/api/v1/ledger/orders/01890a5d-ac96-774b-bcce-b302099a8059',
        ),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { orderId: ORDER_ID },
        answer: refused(FORBIDDEN, 'This is for operators.', BOOK),
      },
    ],
  },
  {
    ...routes.reverseEntry,
    tag: LEDGER,
    summary: 'Take back an entry',
    description:
      'Takes back an entry that is wrong, or a part of it, by a new one. However many do so at once, together they take back no more than the entry. Nothing is done at partners or on shelves.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The entry is taken back.',
        schema: z.object({ orderId, of: z.int().min(1), postings: z.array(posting) }).meta({ id: 'Reversal' }),
        headers: ['Idempotency-Replayed'],
      },
    },
    problems: [ORDER_NOT_FOUND, REQUEST_REFUSED],
    examples: [
      {
        name: 'wrong-entry',
        summary: 'An entry that is wrong',
        given: 'a confirmed order that is booked',
        path: { orderId: ORDER_ID },
        body: { of: 6, reason: 'The statement of the channel has no such payment.' },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            of: 6,
            postings: [
              { account: 'clearing', unit: 'CNY', amount: 31_140 },
              { account: 'channel/card', unit: 'CNY', amount: -31_140 },
            ],
          },
        },
      },
      {
        name: 'no-entry',
        summary: 'An event without an entry',
        path: { orderId: ORDER_ID },
        body: { of: 1, reason: 'It is wrong.' },
        answer: refused(
          REQUEST_REFUSED,
          'The order has no posted entry of event 1; read its books.',
          `${BOOK}/reversals`,
        ),
      },
    ],
  },
  {
    ...routes.postCorrection,
    tag: LEDGER,
    summary: 'Correct the books of an order',
    description:
      'Posts an entry that follows from no event: what a person has found out otherwise, such as what an entry should have been that was taken back. What is posted between channels, `suspense` and `fees` alone is what a statement shows: it clears money that a person has moved outside. It is never changed either. Nothing is done at partners or on shelves.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The entry is posted.',
        schema: z.object({ orderId, postings: z.array(posting) }).meta({ id: 'Correction' }),
        headers: ['Idempotency-Replayed'],
      },
    },
    problems: [ORDER_NOT_FOUND, REQUEST_REFUSED],
    examples: [
      {
        name: 'found-out',
        summary: 'A fee that the channel has kept',
        given: 'a confirmed order',
        path: { orderId: ORDER_ID },
        body: { reason: 'The channel has kept a fee; see its statement of January.', postings: CORRECTION },
        answer: { status: 200, body: { orderId: ORDER_ID, postings: CORRECTION } },
      },
      {
        name: 'not-balanced',
        summary: 'Postings that do not sum to zero',
        given: 'a confirmed order',
        path: { orderId: ORDER_ID },
        body: { reason: 'A fee.', postings: [{ account: 'suspense', unit: 'CNY', amount: 310 }] },
        answer: refused(
          REQUEST_REFUSED,
          'The postings sum to zero for each unit, are at least two, and none is of 0.',
          `${BOOK}/corrections`,
        ),
      },
      {
        name: 'no-account',
        summary: 'An account that there is not',
        given: 'a confirmed order',
        path: { orderId: ORDER_ID },
        body: {
          reason: 'A fee.',
          postings: [
            { account: 'channel', unit: 'CNY', amount: -310 },
            { account: 'suspense', unit: 'CNY', amount: 310 },
          ],
        },
        answer: refused(
          REQUEST_REFUSED,
          'There is no account channel; the accounts are in docs/ledger.md, such as clearing or channel/card.',
          `${BOOK}/corrections`,
        ),
      },
    ],
  },
];
