import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { BankStatement, IncomingTransfer, StatementMark } from '../domain/bank-statement.ts';
import type { TransferDecision, UnmatchedTransfer } from '../domain/unmatched-transfer.ts';

/** What comes in on the shop's account at its bank. */
export interface BankStatements {
  /**
   * The next entries of the account.
   * @param entryId the last one that was read. @default from the beginning
   * @throws DependencyUnavailable
   */
  after(entryId: string | undefined): Promise<BankStatement>;
}

/** What goes out. */
export interface Payouts {
  /**
   * Transfers money back to the account from which it came, once however often it is asked.
   * @param attempts how often the bank may be asked, when it has refused it before: a refused order is never carried out. @default once
   * @returns `refused` when it cannot be paid out: only a person can help
   * @throws DependencyUnavailable when it is not known whether it was taken
   */
  giveBack(
    transfer: Pick<IncomingTransfer, 'transferId' | 'amount' | 'debtor'>,
    attempts?: number,
  ): Promise<'made' | 'pending' | 'refused'>;
}

/** Which order each reference is of. */
export interface TransferReferences {
  /** @throws Error when the reference is another order's */
  keep(reference: string, orderId: OrderId): Promise<void>;
  /** The order of the first reference that is ours. */
  find(references: readonly string[]): Promise<OrderId | undefined>;
}

/** Whether money that has left was ordered by the platform itself. @param number as whoever ordered it has given it */
export type IsOurPayout = (stream: readonly RecordedOrderEvent[], number: string) => boolean;

/** How far the statements of the account were read. */
export interface StatementMarks {
  find(): Promise<StatementMark | undefined>;
  /** @param before the mark that it takes the place of. @returns false when another call was quicker */
  move(mark: StatementMark, before: StatementMark | undefined): Promise<boolean>;
}

/** Transfers of which nobody knows what they are for. */
export interface UnmatchedTransfers {
  /** Once for each transfer, also when it was settled meanwhile. */
  keep(transfer: UnmatchedTransfer): Promise<void>;
  find(transferId: string): Promise<UnmatchedTransfer | undefined>;
  /**
   * Those that are not settled, the oldest first. A change shows moments later.
   * @param after the one after which the page begins
   */
  page(limit: number, after?: Pick<UnmatchedTransfer, 'transferId' | 'readAt'>): Promise<readonly UnmatchedTransfer[]>;
  /**
   * Notes a decision, unless there is one that the bank has not refused.
   * @returns the transfer with the decision that stands
   * @throws Error for an unknown one
   */
  decide(transferId: string, decision: TransferDecision): Promise<UnmatchedTransfer>;
  /** Notes that the bank does not carry out a decision, unless another one was made meanwhile. @param at ISO 8601, UTC */
  refuse(transferId: string, decision: TransferDecision, at: string): Promise<void>;
  /** Takes it off the list, and forgets its details. The reason of a decision is kept until it is old enough (`SettledReasons`). */
  settle(transfer: Pick<UnmatchedTransfer, 'transferId' | 'decision'>): Promise<void>;
}

/** What people wrote about transfers that are settled: free text, which may be about a person. */
export interface SettledReasons {
  /** Transfers with a reason that came before then, the oldest first, so many at most; moments behind. @param before ISO 8601 */
  before(before: string, limit: number): Promise<readonly string[]>;
  /** Something that says nothing stands in the place of the reason, wherever it is stored. A repetition does no harm. */
  forget(transferId: string): Promise<void>;
}

/** What operators can see of the account. */
export interface BankMonitor {
  /** A statement does not follow on from the one before. */
  gap(detail: string): void;
  /** Nobody knows what a transfer is for: a person decides. */
  unknown(transferId: string): void;
  /** How many transfers wait for the decision of a person. */
  waiting(count: number): void;
  /** A transfer cannot be given back, or one of ours came back: a person has to see to it. */
  stranded(transferId: string): void;
}
