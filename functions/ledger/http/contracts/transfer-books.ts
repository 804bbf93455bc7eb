import * as z from 'zod';
import { TRANSFER_ID } from '../../../published/transfer-events.ts';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { FORBIDDEN, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { BOOK_NOT_FOUND } from '../book-path.ts';
import { LEDGER, posting } from './answers.ts';

/** The transfer that the examples are about. Tests put another one in its place. */
export const BOOKED_TRANSFER = 'E000000000043';
const NO_TRANSFER = 'E000000000000';
const PATH = `/api/v1/ledger/transfers/${NO_TRANSFER}/corrections`;
const FEE = [
  { account: 'channel/bank_transfer', unit: 'CNY', amount: -310 },
  { account: 'fees', unit: 'CNY', amount: 310 },
];
const CLEARED = [
  { account: 'channel/bank_transfer', unit: 'CNY', amount: -12_900 },
  { account: 'suspense', unit: 'CNY', amount: 12_900 },
];
const body = { reason: 'The statement of 3 February has the payment to the payer.', postings: CLEARED };

export const TRANSFER_BOOK_CONTRACTS: readonly Contract[] = [
  {
    ...routes.correctTransfer,
    tag: LEDGER,
    summary: 'Correct the books of a transfer',
    description:
      'Posts an entry to the book of a transfer that quotes no reference of an order. Money that a person has moved at the bank is in `suspense` until a statement shows it: then it leaves `suspense` and the channel with one correction. Nothing is done at the bank.',
    pathParameters: z.object({ transferId: z.string().regex(TRANSFER_ID) }),
    answers: {
      200: {
        description: 'The entry is posted.',
        schema: z.object({ transferId: z.string(), postings: z.array(posting) }).meta({ id: 'TransferCorrection' }),
        headers: ['Idempotency-Replayed'],
      },
    },
    problems: [BOOK_NOT_FOUND, REQUEST_REFUSED],
    examples: [
      {
        name: 'fee',
        summary: 'A fee that the bank has kept',
        given: 'a transfer without a reference that is booked',
        path: { transferId: BOOKED_TRANSFER },
        body: { reason: 'The statement of January has a fee.', postings: FEE },
        answer: { status: 200, body: { transferId: BOOKED_TRANSFER, postings: FEE } },
      },
      {
        name: 'no-book',
        summary: 'A transfer without a book',
        path: { transferId: NO_TRANSFER },
        body,
        answer: refused(
          BOOK_NOT_FOUND,
          `There is no book of a transfer ${NO_TRANSFER}: only money that quotes no reference of an order has one. Correct the book of its order.`,
          PATH,
        ),
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        path: { transferId: NO_TRANSFER },
        body,
        answer: refused(FORBIDDEN, 'This is for operators.', PATH),
      },
    ],
  },
];
