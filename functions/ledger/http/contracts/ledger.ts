import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links, orderId, timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, INVALID_REQUEST, ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { RULES } from '../../domain/findings.ts';
import * as routes from '../../routes.ts';

const LEDGER: Tag = {
  name: 'Ledger',
  description: 'The books of money and of stock in double entry, and what breaks their rules. For operators.',
};

const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const BOOK = `/api/v1/ledger/orders/${ORDER_ID}`;
const ACCOUNTS = '/api/v1/ledger/accounts';
const AUDITS = '/api/v1/ledger/audits';
const BREAKS = '/api/v1/ledger/breaks';

const posting = z
  .object({
    account: z.string().describe('Such as `channel/card`, `clearing` or `reserved`.'),
    unit: z.string().describe('A currency (ISO 4217), or an SKU for units of stock.'),
    amount: z
      .int()
      .describe('Minor units of the currency, or units of the article. Debits are positive, credits negative.'),
  })
  .meta({ id: 'Posting' });
const entry = z
  .object({
    of: z.int().min(1).describe('The version of the event in the history of the order.'),
    type: z.string().describe('The type of the event.'),
    occurredAt: timestamp,
    postings: z.array(posting).describe('They sum to zero for each unit.'),
  })
  .meta({ id: 'LedgerEntry' });
const finding = z
  .object({
    orderId,
    rule: z.enum(RULES),
    detail: z.string().describe('What was found and what was expected.'),
    since: timestamp.describe('When the last event came that moved something.'),
    underWay: z
      .boolean()
      .describe('Something is still under way for the order, or a person has a task: it is expected to close.'),
  })
  .meta({ id: 'LedgerFinding', description: 'A rule that an order does not keep.' });

export const LEDGER_CONTRACTS: readonly Contract[] = [
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
    ...routes.listAccounts,
    tag: LEDGER,
    summary: 'Read what a day moved',
    description:
      'What the entries that were posted on one day (UTC) moved, account by account. Entries are never changed: a day that is `closed` stays as it is, and a correction is an entry of a later day.',
    answers: {
      200: {
        description: 'The accounts that the day moved.',
        schema: z
          .object({
            day: z.iso.date(),
            closed: z.boolean().describe('Whether the day is over and can have no more entries.'),
            items: z.array(
              z.object({
                account: z.string(),
                unit: z.string().describe('A currency, or an SKU.'),
                debits: z.int().min(0),
                credits: z.int().min(0),
                balance: z.int().describe('Debits − credits.'),
              }),
            ),
            links: links('self'),
          })
          .meta({ id: 'LedgerDay' }),
      },
    },
    problems: [],
    examples: [
      {
        name: 'quiet-day',
        summary: 'A day without orders',
        query: { day: '2020-01-01' },
        answer: {
          status: 200,
          body: { day: '2020-01-01', closed: true, items: [], links: { self: `${ACCOUNTS}?day=2020-01-01` } },
        },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        query: { day: '2020-01-01' },
        answer: refused(FORBIDDEN, 'This is for operators.', ACCOUNTS),
      },
    ],
  },
  {
    ...routes.listBreaks,
    tag: LEDGER,
    summary: 'List what breaks the rules of the books',
    description:
      'As the last check of each order found it, the oldest first. Those under way are expected to close; the others are a person’s task.',
    answers: {
      200: {
        description: 'A page of findings.',
        schema: z
          .object({ items: z.array(finding), next: z.string().exactOptional(), links: links('self') })
          .meta({ id: 'LedgerBreaks' }),
      },
    },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'none',
        summary: 'Every order keeps the rules',
        answer: { status: 200, body: { items: [], links: { self: BREAKS } } },
      },
      {
        name: 'unknown-parameter',
        summary: 'An unknown parameter',
        query: { rule: 'ClearingIsZero' },
        answer: refused(INVALID_REQUEST, 'rule: This parameter is not known.', BREAKS, {
          errors: [{ parameter: 'rule', detail: 'This parameter is not known.' }],
        }),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', BREAKS),
      },
    ],
  },
  {
    ...routes.auditNow,
    tag: LEDGER,
    summary: 'Check the books',
    description:
      'Checks the next part of all orders, as the platform does by itself every quarter of an hour: what is not booked yet is booked, and what breaks a rule at rest becomes a person’s task. Repeat it with `after` as `next` says until there is no `next`. Orders whose last event is younger than `graceSeconds` (as a rule `recovery.sweepAfterSeconds`) are left alone.',
    answers: {
      200: {
        description: 'What was found.',
        schema: z
          .object({
            checked: z.int().min(0).describe('How many orders were checked.'),
            findings: z.array(finding),
            failed: z.array(orderId).describe('The orders that could not be checked; the log says why.'),
            balances: z.array(posting).describe('The sums of the books of the orders that were checked.'),
            next: orderId.exactOptional().describe('Absent after the last order.'),
          })
          .meta({ id: 'Audit' }),
      },
    },
    problems: [],
    examples: [
      {
        name: 'nothing-found',
        summary: 'Every order keeps the rules',
        body: {},
        answer: { status: 200, body: { checked: 2, findings: [], failed: [], balances: [] } },
      },
      {
        name: 'too-patient',
        summary: 'A grace of more than a day',
        body: { graceSeconds: 100_000 },
        answer: refused(INVALID_REQUEST, '/graceSeconds: Too big: expected number to be <=86400', AUDITS, {
          errors: [{ pointer: '/graceSeconds', detail: 'Too big: expected number to be <=86400' }],
        }),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        body: {},
        answer: refused(FORBIDDEN, 'This is for operators.', AUDITS),
      },
    ],
  },
];
