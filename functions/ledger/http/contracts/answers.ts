/** What the answers of the ledger have in common. */
import * as z from 'zod';
import { orderId, timestamp } from '../../../shared/http/fields.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { BOOK_ID } from '../../domain/book-id.ts';
import { RULES } from '../../domain/finding.ts';

export const LEDGER: Tag = {
  name: 'Ledger',
  description: 'The books of money and of stock in double entry, and what breaks their rules. For operators.',
};

export const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
export const BOOK = `/api/v1/ledger/orders/${ORDER_ID}`;
export const ACCOUNTS = '/api/v1/ledger/accounts';
export const ENTRIES = '/api/v1/ledger/entries';
export const AUDITS = '/api/v1/ledger/audits';
export const BREAKS = '/api/v1/ledger/breaks';

export const posting = z
  .object({
    account: z.string().describe('Such as `channel/card`, `clearing` or `reserved`.'),
    unit: z
      .string()
      .describe('A currency (ISO 4217), or for units of stock an SKU, with `@<location>` when they are not at `main`.'),
    amount: z
      .int()
      .describe('Minor units of the currency, or units of the article. Debits are positive, credits negative.'),
  })
  .meta({ id: 'Posting' });
export const entry = z
  .object({
    of: z.int().min(1).describe('The version of the event in the history of the order.'),
    type: z.string().describe('The type of the event.'),
    occurredAt: timestamp,
    postings: z.array(posting).describe('They sum to zero for each unit.'),
  })
  .meta({ id: 'LedgerEntry' });
export const bookId = z
  .string()
  .regex(BOOK_ID)
  .describe(
    'Names a book: the id of an order, `stock:` and the SKU of an article, or `transfer:` and the id of a transfer.',
  );
export const finding = z
  .object({
    orderId: orderId.exactOptional(),
    sku: z.string().exactOptional().describe('Of the article, when it is not an order.'),
    transferId: z.string().exactOptional().describe('Of the transfer without a reference, when it is neither of them.'),
    rule: z.enum(RULES),
    detail: z.string().describe('What was found and what was expected.'),
    since: timestamp.describe('When the last event came that moved something.'),
    underWay: z
      .boolean()
      .describe('Something is still under way for the order, or a person has to decide: it is expected to close.'),
  })
  .meta({
    id: 'LedgerFinding',
    description: 'A rule that an order, the stock of an article or the money of a transfer does not keep.',
  });
