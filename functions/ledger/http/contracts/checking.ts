import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { AUDITS, BREAKS, bookId, finding, LEDGER, posting } from './answers.ts';

export const CHECKING_BOOKS_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listBreaks,
    tag: LEDGER,
    summary: 'List what breaks the rules of the books',
    description:
      'As the last check of each order, each article and each transfer without a reference found it, the oldest first. Those under way are expected to close; the others are a person’s task, when they are of an order.',
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
        summary: 'Every order and article keeps the rules',
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
      'Checks the next part of all orders and, after them, of all articles and of all transfers without a reference, as the platform does by itself every quarter of an hour: what is not booked yet is booked, and what breaks a rule at rest becomes a person’s task, when it is of an order. Repeat it with `after` as `next` says until there is no `next`. Orders whose last event is younger than `graceSeconds` (as a rule `recovery.sweepAfterSeconds`) are left alone.',
    answers: {
      200: {
        description: 'What was found.',
        schema: z
          .object({
            checked: z.int().min(0).describe('How many orders were checked.'),
            articles: z.int().min(0).describe('How many articles were checked.'),
            transfers: z.int().min(0).describe('How many transfers without a reference were checked.'),
            findings: z.array(finding),
            failed: z.array(bookId).describe('The books that could not be checked; the log says why.'),
            balances: z.array(posting).describe('The sums of the books that were checked.'),
            next: bookId.exactOptional().describe('Absent after the last book.'),
          })
          .meta({ id: 'Audit' }),
      },
    },
    problems: [],
    examples: [
      {
        name: 'nothing-found',
        summary: 'Every order and article keeps the rules',
        body: {},
        answer: {
          status: 200,
          body: { checked: 2, articles: 1, transfers: 0, findings: [], failed: [], balances: [] },
        },
      },
      {
        name: 'too-patient',
        summary: 'A grace of more than a day',
        body: { graceSeconds: 100_000 },
        answer: refused(INVALID_REQUEST, '/graceSeconds: It is 100000; expected at most 86400.', AUDITS, {
          errors: [{ pointer: '/graceSeconds', detail: 'It is 100000; expected at most 86400.' }],
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
