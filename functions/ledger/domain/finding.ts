/** The rules of the books, and what the check says of one that is broken; part of the API. */
import type { TransferId } from '../../published/transfer-events.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';

/**
 * Those that hold for every order at rest.
 * - `EntriesSumToZero`: the postings of each entry, per currency and per SKU; also in the books of articles
 * - `BooksShowTheCharge`: the books have at the channel what the events say that it took, less what it gave back
 * - `ChargeIsForGoods`: captured − refunded = the value of the goods that the customer keeps; nothing without a standing order
 * - `ClearingIsZero`: all money of a payment is for something
 * - `NoOpenAuthorisation`: no money of the customer is held
 * - `NoHeldGoods`: no goods are kept for an order that is cancelled
 * - `NothingInSuspense`: a statement has shown what a person has moved outside; also in the books of transfers
 *
 * Those that hold for every article at every moment.
 * - `CountsSumToReceived`: available + reserved + sold + damaged = received
 * - `BooksShowTheStock`: the books have as many units received and damaged as the counts, after the same event
 *
 * Those of transfers that quote no reference of an order.
 * - `NothingUnmatched`: a person has said what the money is for, and it is there
 * - `MatchedMoneyArrives`: the order that a person has matched it to has it
 */
export const RULES = [
  'EntriesSumToZero',
  'BooksShowTheCharge',
  'ChargeIsForGoods',
  'ClearingIsZero',
  'NoOpenAuthorisation',
  'NoHeldGoods',
  'NothingInSuspense',
  'CountsSumToReceived',
  'BooksShowTheStock',
  'NothingUnmatched',
  'MatchedMoneyArrives',
] as const;
export type Rule = (typeof RULES)[number];

interface BrokenRule {
  readonly rule: Rule;
  /** What was found and what was expected. */
  readonly detail: string;
  /** When the last event came that moved something: ISO 8601, UTC. */
  readonly since: string;
  /** Something is still under way for the order, or a person has a task: it is a break, and nothing is wrong yet. Never so for an article. */
  readonly underWay: boolean;
}

/** A rule that an order does not keep. */
export type OrderFinding = BrokenRule & { readonly orderId: OrderId };
/** A rule that the stock of an article does not keep. */
export type ArticleFinding = BrokenRule & { readonly sku: Sku };
/** A rule that the money of a transfer does not keep. */
export type TransferFinding = BrokenRule & { readonly transferId: TransferId };
export type Finding = OrderFinding | ArticleFinding | TransferFinding;
