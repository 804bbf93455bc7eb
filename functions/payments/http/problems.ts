/** The types of problems that only requests about payments have. */
import { Problem } from '../../shared/http/problem.ts';
import { type ProblemType, REQUEST_REFUSED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { TransferRefusal } from '../application/decide-transfer.ts';

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
    case 'other-method':
      return refused('The order is not paid by bank transfer. Send the money back.');
    case 'other-currency':
      return refused('The order is in another currency. Send the money back.');
    case 'not-waiting':
      return refused('The order does not wait for money: it is paid or cancelled. Send the money back.');
    case 'decided': {
      const { decision } = refusal;
      const before = decision.type === 'match' ? `it is for order ${decision.orderId}` : 'it goes back';
      return refused(`It was decided at ${decision.decidedAt} that ${before}. A decision stands.`);
    }
    default:
      return assertNever(refusal);
  }
}

const refused = (detail: string): Problem => new Problem(REQUEST_REFUSED, detail);
