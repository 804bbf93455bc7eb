import type { RecordedOrderEvent, TaskResumed } from '../../published/order-events.ts';
import { surplusTransfers, type Transfer } from '../../published/order-transfers.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { PaymentOutcomeUnknown } from '../domain/errors.ts';
import { attemptsOf, openTaskOf } from '../domain/returned-transfer.ts';
import type { BankMonitor, Payouts } from './bank-ports.ts';

export interface ReturnDeps extends StepDeps {
  readonly payouts: Payouts;
  readonly bankMonitor: Pick<BankMonitor, 'stranded'>;
  /** How long a person then has. */
  readonly settings: () => Promise<{ readonly taskDueSeconds: number }>;
}

const STEP = 'ReturnTransfers';

/**
 * Gives back what was transferred for an order and what it does not keep, each transfer to the account from which it came, and records TransferReturned.
 * What the bank refuses is a person's task, and tried again once that person wishes it. Safe to repeat.
 * @param resumed with it a person wants a transfer to be tried again
 * @throws DependencyUnavailable; PaymentOutcomeUnknown while one is on its way; ConcurrencyConflict: the queue tries again
 */
export async function returnTransfers(
  deps: ReturnDeps,
  orderId: OrderId,
  resumed?: RecordedOrderEvent<TaskResumed>,
): Promise<void> {
  const stream = await deps.log.read(orderId);
  for (const transfer of surplusTransfers(stream)) {
    const task = openTaskOf(transfer.transferId, stream);
    // It waits for the person that has its task.
    if (task === undefined || task === resumed?.data.taskId) await giveBack(deps, stream, transfer, task);
  }
}

async function giveBack(
  deps: ReturnDeps,
  stream: readonly RecordedOrderEvent[],
  { transferId, amount, debtor }: Transfer,
  taskId: string | undefined,
): Promise<void> {
  const { log, now, payouts, bankMonitor } = deps;
  const created = stream[0]!;
  const { orderId } = created;
  const outcome = await payouts.giveBack({ transferId, amount, debtor }, attemptsOf(transferId, stream));
  if (outcome === 'pending') throw new PaymentOutcomeUnknown(orderId, new Error(`${transferId} is on its way back.`));
  if (outcome === 'refused') {
    bankMonitor.stranded(transferId);
    const dueAt = now() + 1_000 * (await deps.settings()).taskDueSeconds;
    return openTask(deps, { orderId, kind: 'transfer', transferId, error: 'PaymentRequestRefused', dueAt }, STEP);
  }
  const record = (event: Parameters<typeof fact>[1]) =>
    recordFact(log, { orderId, atVersion: stream.length, event: fact(created, event, STEP, now()) });
  await record({ type: 'TransferReturned', data: { transferId, amount } });
  if (taskId === undefined) return;
  await record({ type: 'TaskResolved', data: { taskId, kind: 'transfer', transferId, resolution: 'completed' } });
}
