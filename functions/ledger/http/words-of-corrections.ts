import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { CorrectionRefusal } from '../domain/correct.ts';

/** Why a correction is not posted, and what to do. */
export function wordsOf(refusal: CorrectionRefusal): string {
  switch (refusal.kind) {
    case 'not-balanced':
      return 'The postings sum to zero for each unit, are at least two, and none is of 0.';
    case 'no-account':
      return `There is no account ${refusal.account}; the accounts are in docs/ledger.md, such as clearing or channel/card.`;
    case 'wrong-unit':
      return `${refusal.account} is an account of money, got ${refusal.unit}; expected a currency such as CNY.`;
    default:
      return assertNever(refusal);
  }
}
