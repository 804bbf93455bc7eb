/** The types of problems that only requests about payments have. */
import { Problem } from '../../shared/http/problem.ts';
import { type ProblemType, REQUEST_REFUSED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { TransferRefusal } from '../application/decide-transfer.ts';
import type { TransferDecision } from '../domain/unmatched-transfer.ts';

export const CHANNEL_NOT_FOUND: ProblemType = {
  kind: 'payment-channel-not-found',
  status: 404,
  title: 'There is no such payment channel',
};

export const TRANSFER_NOT_FOUND: ProblemType = {
  kind: 'transfer-not-found',
  status: 404,
  title: 'There is no such transfer to decide about',
};

export function problemOfTransfer(transferId: string, refusal: TransferRefusal): Problem {
  switch (refusal.kind) {
    case 'no-transfer':
      return new Problem(
        TRANSFER_NOT_FOUND,
        `No transfer ${transferId.slice(0, 64)} waits or has waited for a decision.`,
      );
    case 'no-order':
      return refused('There is no such order. Look for it by its customer, or send the money back.');
    case 'is-return':
      return refused(
        'It is money of ours that came back: it is for no order. Move it at the bank (done_outside), or send it again (return).',
      );
    case 'other-method':
      return refused('The order is not paid by bank transfer. Send the money back.');
    case 'other-currency':
      return refused('The order is in another currency. Send the money back.');
    case 'not-waiting':
      return refused('The order does not wait for money: it is paid or cancelled. Send the money back.');
    case 'decided': {
      const { decision } = refusal;
      const before = wordsOf(decision);
      return refused(`It was decided at ${decision.decidedAt} that ${before}. A decision stands.`);
    }
    default:
      return assertNever(refusal);
  }
}

function wordsOf(decision: TransferDecision): string {
  switch (decision.type) {
    case 'match':
      return `it is for order ${decision.orderId}`;
    case 'return':
      return 'it goes back';
    case 'done_outside':
      return 'a person moves it at the bank';
    default:
      return assertNever(decision);
  }
}

const refused = (detail: string): Problem => new Problem(REQUEST_REFUSED, detail);
