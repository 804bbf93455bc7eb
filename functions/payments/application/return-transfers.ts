import { surplusTransfers } from '../../published/order-transfers.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentOutcomeUnknown, PaymentRequestRefused } from '../domain/errors.ts';
import type { BankMonitor, Payouts } from './bank-ports.ts';

export interface ReturnDeps extends StepDeps {
  readonly payouts: Payouts;
  readonly bankMonitor: Pick<BankMonitor, 'stranded'>;
}

const STEP = 'ReturnTransfers';

/**
 * Gives back what was transferred for an order and what it does not keep, each transfer to the account from which it came, and records TransferReturned.
 * Safe to repeat.
 * @throws DependencyUnavailable; PaymentOutcomeUnknown while one is on its way; PaymentRequestRefused when the bank cannot pay one out;
 *   ConcurrencyConflict: the queue tries again
 */
export async function returnTransfers({ log, now, payouts, bankMonitor }: ReturnDeps, orderId: OrderId): Promise<void> {
  const stream = await log.read(orderId);
  const [created] = stream;
  if (created === undefined) return;
  for (const { transferId, amount, debtor } of surplusTransfers(stream)) {
    const outcome = await payouts.giveBack({ transferId, amount, debtor });
    if (outcome === 'pending') throw new PaymentOutcomeUnknown(orderId, new Error(`${transferId} is on its way back.`));
    if (outcome === 'refused') {
      bankMonitor.stranded(transferId);
      throw new PaymentRequestRefused(orderId, `the return of ${transferId}`);
    }
    const event = fact(created, { type: 'TransferReturned', data: { transferId, amount } }, STEP, now());
    await recordFact(log, { orderId, atVersion: stream.length, event });
  }
}
