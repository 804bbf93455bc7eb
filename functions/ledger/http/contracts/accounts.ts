import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links, orderId, timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { DAY_NOT_FOUND } from '../day-path.ts';
import { ACCOUNTS, ENTRIES, LEDGER } from './answers.ts';

const DAYS = '/api/v1/ledger/days';
const unit = z.string().describe('A currency, or an SKU, with `@<location>` for units elsewhere than at `main`.');
const amount = z.int().describe('Minor units, or units of the article. Debits are positive, credits negative.');
const next = z.string().exactOptional().describe('The `cursor` of the next page.');

const account = z
  .object({
    account: z.string(),
    of: z.enum(['money', 'stock']),
    meaning: z.string().describe('What the balance says.'),
    unit,
    balance: amount,
  })
  .meta({ id: 'LedgerAccount' });

const row = z
  .object({
    orderId: orderId.exactOptional(),
    sku: z.string().exactOptional().describe('Of the article in whose book it is, when it is in none of an order.'),
    transferId: z.string().exactOptional().describe('Of the transfer without a reference, when it is in its book.'),
    of: z
      .int()
      .min(1)
      .exactOptional()
      .describe(
        'The version of the event in the history of the order, the article or the transfer. A correction follows from none.',
      ),
    type: z
      .string()
      .describe('The type of that event; `EntryReversed` and `CorrectionPosted` were posted by a person.'),
    postedAt: timestamp,
    unit,
    amount,
    reason: z.string().exactOptional().describe('Why a person has posted it.'),
  })
  .meta({ id: 'LedgerRow', description: 'One posting of an account.' });

export const ACCOUNT_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listAccounts,
    tag: LEDGER,
    summary: 'Read the balances of accounts',
    description:
      'All accounts with a balance, or one account or unit, now or as the entries had it that were posted up to a moment (`at`). The pages of one list are of the same moment. An entry shows moments after it was posted.',
    answers: {
      200: {
        description: 'The accounts, in the order of their names and units. Those at zero are left out.',
        schema: z
          .object({ at: timestamp, items: z.array(account), next, links: links('self') })
          .meta({ id: 'LedgerAccounts' }),
      },
    },
    problems: [INVALID_CURSOR, REQUEST_REFUSED],
    examples: [
      {
        name: 'before-the-books',
        summary: 'A moment before the first entry',
        query: { at: '2020-01-01T00:00:00Z' },
        answer: { status: 200, body: { at: '2020-01-01T00:00:00.000Z', items: [], links: { self: ACCOUNTS } } },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', ACCOUNTS),
      },
    ],
  },
  {
    ...routes.listEntries,
    tag: LEDGER,
    summary: 'List what was posted to an account',
    description:
      'In the order of the postings, from one day to another (UTC), both included: today without them. 31 days at most. Each page reads a limited part of the books, so that it may have fewer items than `limit`, or none, and `next` all the same.',
    answers: {
      200: {
        description: 'A page of postings.',
        schema: z
          .object({
            account: z.string(),
            from: z.iso.date(),
            to: z.iso.date(),
            items: z.array(row),
            next,
            links: links('self'),
          })
          .meta({ id: 'LedgerRows' }),
      },
    },
    problems: [INVALID_CURSOR, REQUEST_REFUSED],
    examples: [
      {
        name: 'quiet-day',
        summary: 'A day without orders',
        query: { account: 'channel/card', from: '2020-01-01', to: '2020-01-01' },
        answer: {
          status: 200,
          body: { account: 'channel/card', from: '2020-01-01', to: '2020-01-01', items: [], links: { self: ENTRIES } },
        },
      },
      {
        name: 'too-long',
        summary: 'More than 31 days',
        query: { account: 'channel/card', from: '2020-01-01', to: '2020-12-31' },
        answer: refused(
          REQUEST_REFUSED,
          'From 2020-01-01 to 2020-12-31 are 366 days; expected 1 to 31. Ask for a shorter time, or for the balance at a moment.',
          ENTRIES,
        ),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        query: { account: 'channel/card' },
        answer: refused(FORBIDDEN, 'This is for operators.', ENTRIES),
      },
    ],
  },
  {
    ...routes.getLedgerDay,
    tag: LEDGER,
    summary: 'Read what a day moved',
    description:
      'What the entries that were posted on one day (UTC) moved, account by account. Entries are never changed: a day that is `closed` stays as it is, and a correction is an entry of a later day.',
    pathParameters: z.object({
      day: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .describe('A date, UTC.'),
    }),
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
                unit,
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
    problems: [DAY_NOT_FOUND],
    examples: [
      {
        name: 'quiet-day',
        summary: 'A day without orders',
        path: { day: '2020-01-01' },
        answer: {
          status: 200,
          body: { day: '2020-01-01', closed: true, items: [], links: { self: `${DAYS}/2020-01-01` } },
        },
      },
      {
        name: 'no-day',
        summary: 'A text that is no day',
        path: { day: '2020-02-30' },
        answer: refused(
          DAY_NOT_FOUND,
          'There is no day 2020-02-30; expected a date such as 2026-11-27.',
          `${DAYS}/2020-02-30`,
        ),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { day: '2020-01-01' },
        answer: refused(FORBIDDEN, 'This is for operators.', `${DAYS}/2020-01-01`),
      },
    ],
  },
];
