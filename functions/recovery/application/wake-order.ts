import type { OrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { isEndedBy } from '../domain/waiting-step.ts';
import type { SagaTokens, Waits } from './ports.ts';
import { releaseWaits } from './release-wait.ts';

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
  const waited = await releaseWaits(deps, orderId, (wait) => isEndedBy(event, wait));
  if (!waited && event.type === 'TaskResumed') await deps.repair(orderId);
}
