import type { OrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { isEndedBy } from '../domain/waiting-step.ts';
import type { KeeperDeps } from './ports.ts';
import { releaseWaits } from './release-wait.ts';

/** Lets those waits of the order go on that the event ends. Resolves to whether an execution was waiting. */
export const wakeOrder = (
  deps: Pick<KeeperDeps, 'waits' | 'tokens' | 'now'>,
  orderId: OrderId,
  event: OrderEvent,
): Promise<boolean> => releaseWaits(deps, orderId, (wait) => isEndedBy(event, wait));
