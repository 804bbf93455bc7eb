import type { OrderId } from '../../shared/kernel/ids.ts';
import type { BankStatement, IncomingTransfer, StatementMark } from '../domain/bank-statement.ts';

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
   * @returns `refused` when it cannot be paid out: only a person can help
   * @throws DependencyUnavailable when it is not known whether it was taken
   */
  giveBack(
    transfer: Pick<IncomingTransfer, 'transferId' | 'amount' | 'debtor'>,
  ): Promise<'made' | 'pending' | 'refused'>;
}

/** Which order each reference is of. */
export interface TransferReferences {
  /** @throws Error when the reference is another order's */
  keep(reference: string, orderId: OrderId): Promise<void>;
  /** The order of the first reference that is ours. */
  find(references: readonly string[]): Promise<OrderId | undefined>;
}

/** How far the statements of the account were read. */
export interface StatementMarks {
  find(): Promise<StatementMark | undefined>;
  /** @param before the mark that it takes the place of. @returns false when another call was quicker */
  move(mark: StatementMark, before: StatementMark | undefined): Promise<boolean>;
}

/** What operators can see of the account. */
export interface BankMonitor {
  /** A statement does not follow on from the one before. */
  gap(detail: string): void;
  /** Nobody knows what a transfer is for: it goes back. */
  unknown(transferId: string): void;
  /** A transfer cannot be given back, or one of ours came back: a person has to see to it. */
  stranded(transferId: string): void;
}
