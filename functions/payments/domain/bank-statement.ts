/** What a bank tells of our account, in our words. Pure. */
import type { Money } from '../../shared/kernel/money.ts';

/** Somebody’s account. Personal data. */
export interface BankParty {
  readonly name: string;
  readonly iban: string;
}

/** Money that somebody has transferred to our account. */
export interface IncomingTransfer {
  /** How the bank names the entry: the same whenever it shows it. */
  readonly transferId: string;
  readonly amount: Money;
  readonly debtor: BankParty;
  /** What the payer wrote. Personal data. */
  readonly text: string;
  /** The references in it whose check digits are right. */
  readonly references: readonly string[];
  /** It brings back a transfer of ours that the bank could not pay out. */
  readonly isReturn: boolean;
}

/** Money that has left our account, of which the bank tells for what. */
export interface OutgoingTransfer {
  /** How the bank names the entry: the same whenever it shows it. */
  readonly entryId: string;
  /** Above zero. */
  readonly amount: Money;
  /** The number that whoever ordered it has given it (`EndToEndId`). */
  readonly number: string;
  /** The references in its text whose check digits are right. */
  readonly references: readonly string[];
}

export interface BankStatement {
  /** Grows by one with each entry of the account: a jump means that we were not told of some. */
  readonly sequence: number;
  /** In minor units, by currency. */
  readonly opening: Readonly<Record<string, number>>;
  readonly closing: Readonly<Record<string, number>>;
  /** In the order of their booking. */
  readonly entries: readonly StatementEntry[];
}

export interface StatementEntry {
  readonly entryId: string;
  /** Its effect on the balance; negative for money that left. */
  readonly effect: Money;
  /** Undefined for money that left. */
  readonly transfer?: IncomingTransfer;
  /** Undefined for money that came, and for what the bank books as one sum, such as its fees. */
  readonly payout?: OutgoingTransfer;
}

/** How far the statements of the account were read. */
export interface StatementMark {
  readonly entryId: string;
  readonly sequence: number;
  readonly closing: Readonly<Record<string, number>>;
}

/**
 * Why a statement does not follow on from what was read before: an entry is missing, or an amount is wrong. Undefined when it does.
 * @param mark undefined for the first statement
 */
export function gapIn(statement: BankStatement, mark: StatementMark | undefined): string | undefined {
  const { sequence, opening, closing, entries } = statement;
  const expected = (mark?.sequence ?? 0) + entries.length;
  if (sequence !== expected) return `It ends with entry ${sequence} of the account; expected ${expected}.`;
  const currencies = new Set([...Object.keys(opening), ...Object.keys(closing), ...Object.keys(mark?.closing ?? {})]);
  for (const currency of currencies) {
    const [before, after, known] = [opening[currency] ?? 0, closing[currency] ?? 0, mark?.closing[currency] ?? 0];
    if (before !== known) return `It begins with ${before} ${currency}; the one before it has ended with ${known}.`;
    const moved = entries.reduce((sum, { effect }) => sum + (effect.currency === currency ? effect.amount : 0), 0);
    if (before + moved !== after) return `Its entries come to ${before + moved} ${currency}; it ends with ${after}.`;
  }
  return undefined;
}

/** How far the account is read after the statement; undefined when nothing was booked. */
export function markAfter({ sequence, closing, entries }: BankStatement): StatementMark | undefined {
  const last = entries.at(-1);
  return last && { entryId: last.entryId, sequence, closing };
}
