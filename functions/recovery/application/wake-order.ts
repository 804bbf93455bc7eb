import type { OrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { isEndedBy } from '../domain/waiting-step.ts';
import type { SagaTokens, Waits } from './ports.ts';
import { giveUpWait, releaseWait } from './release-wait.ts';

export interface WakeDeps {
  readonly waits: Waits;
  readonly tokens: SagaTokens;
  /** Starts the saga of the order anew when its execution has ended before the order did. */
  readonly repair: (orderId: OrderId) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Lets those waits of the order go on that the event ends. When a person resumes a task and no execution waits for it, its token or
 * the execution itself may be lost: then the order is repaired at once. Safe to repeat.
 */
export async function wakeOrder(deps: WakeDeps, orderId: OrderId, event: OrderEvent): Promise<void> {
  let waited = false;
  for (const wait of (await deps.waits.find(orderId)).filter((known) => isEndedBy(event, known))) {
    // A step that has sent nothing need not find out that its order is to be cancelled.
    const end = event.type === 'CancellationRequested' && wait.nothingSent ? giveUpWait : releaseWait;
    waited = (await end(deps, wait)) || waited;
  }
  if (!waited && event.type === 'TaskResumed') await deps.repair(orderId);
}
