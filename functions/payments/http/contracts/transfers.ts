import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links, money, orderId, timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import { TRANSFER_ID as BANK_TEXT } from '../../domain/transfer-events.ts';
import * as routes from '../../routes.ts';
import { TRANSFER_NOT_FOUND } from '../problems.ts';

const PATH = '/api/v1/payments/transfers';
/** The transfer that the examples are about. Tests put another one in its place. */
export const TRANSFER_ID = 'E000000000042';
const NO_TRANSFER = 'E000000000000';
const decided = {
  actor: z.object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() }),
  decidedAt: timestamp,
};
const transfer = z
  .object({
    transferId: z.string().describe('How the bank names the entry of the account.'),
    amount: money,
    readAt: timestamp.describe('When the statement with it was read.'),
    isReturn: z
      .boolean()
      .exactOptional()
      .describe('It brings back a transfer of ours that the bank could not pay out. It is for no order.'),
    debtor: z.object({ name: z.string(), iban: z.string() }).exactOptional().describe('Who has paid.'),
    text: z.string().exactOptional().describe('What the payer wrote.'),
    status: z
      .enum(['open', 'decided', 'settled'])
      .describe('`decided`: it is being carried out. `settled`: it is done, and the payer is forgotten here.'),
    decision: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('match'), orderId, ...decided }),
        z.object({ type: z.literal('return'), reason: z.string(), ...decided }),
        z.object({ type: z.literal('done_outside'), reason: z.string(), ...decided }),
      ])
      .exactOptional(),
    refusedAt: timestamp
      .exactOptional()
      .describe('When the bank refused to pay it back: it waits for another decision.'),
  })
  .meta({ id: 'UnmatchedTransfer', description: 'Money on the shop’s account that quotes no reference of an order.' });

export const TRANSFER_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listTransfers,
    tag: TASKS,
    summary: 'List transfers that are for no known order',
    description:
      'Money on the shop’s account of which nobody knows what it is for, or that the bank could not pay out, the oldest first, until it is with an ' +
      'order or back with its payer. A person decides about each. A decision shows in the list after moments.',
    answers: {
      200: {
        description: 'The transfers.',
        schema: z
          .object({
            items: z.array(transfer),
            next: z.string().optional().describe('The `cursor` of the next page.'),
            links: links('self'),
          })
          .meta({ id: 'UnmatchedTransfers' }),
      },
    },
    problems: [INVALID_CURSOR],
    examples: [
      {
        name: 'none',
        summary: 'All money is with its order',
        query: { limit: '2' },
        answer: { status: 200, body: { items: [], links: { self: PATH } } },
      },
    ],
  },
  {
    ...routes.decideTransfer,
    tag: TASKS,
    summary: 'Decide what a transfer is for',
    description:
      'The money is for an order that waits for it (`match`), goes back to its payer (`return`), or was moved at the bank by a person ' +
      '(`done_outside`). The first decision stands unless the bank refuses it, and the same one again changes nothing. It is carried out within ' +
      'a minute or two.',
    pathParameters: z.object({ transferId: z.string().regex(BANK_TEXT) }),
    answers: { 200: { description: 'The transfer with the decision.', schema: transfer } },
    problems: [TRANSFER_NOT_FOUND, REQUEST_REFUSED],
    examples: [
      {
        name: 'return',
        summary: 'Money that is for nothing goes back',
        given: 'a transfer without a reference',
        path: { transferId: TRANSFER_ID },
        body: { type: 'return', reason: 'The payer has no order here.' },
        answer: {
          status: 200,
          body: {
            transferId: TRANSFER_ID,
            amount: { amount: 12_900, currency: 'CNY' },
            readAt: '2026-01-31T12:00:00.640Z',
            debtor: { name: 'Ann Example', iban: 'DE89370400440532013000' },
            text: 'thank you',
            status: 'decided',
            decision: {
              type: 'return',
              reason: 'The payer has no order here.',
              actor: { type: 'operator', id: 'O1' },
              decidedAt: '2026-01-31T12:05:00.000Z',
            },
          },
        },
      },
      {
        name: 'unknown-transfer',
        summary: 'A transfer that there is not',
        path: { transferId: NO_TRANSFER },
        body: { type: 'return', reason: 'The payer has no order here.' },
        answer: refused(
          TRANSFER_NOT_FOUND,
          `No transfer ${NO_TRANSFER} waits or has waited for a decision.`,
          `${PATH}/${NO_TRANSFER}/decision`,
        ),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { transferId: TRANSFER_ID },
        body: { type: 'return', reason: 'It is mine.' },
        answer: refused(FORBIDDEN, 'This is for operators.', `${PATH}/${TRANSFER_ID}/decision`),
      },
    ],
  },
];
