/** The consumers of recovery, for the suite of all consumers. */
import '../platform/function-environment.ts';
import type { SagaStep } from '../../../functions/published/order-events.ts';
import { makeHandler as checkProgress } from '../../../functions/recovery/check-progress.ts';
import { runName } from '../../../functions/recovery/domain/next-move.ts';
import { makeHandler as releaseWaitingOrders } from '../../../functions/recovery/release-waiting-orders.ts';
import { makeHandler as wakeOrder } from '../../../functions/recovery/wake-order.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { ORDER_ID, START } from '../orders/streams.ts';
import { recoveryFakes } from '../recovery/recovery-fakes.ts';
import type { Consumer, TestedConsumer } from './consumers.ts';
import { ORDERS } from './order-messages.ts';

const waitOf = (orderId: OrderId, step: SagaStep, error: string) => ({
  orderId,
  step,
  error,
  partner: 'payment-gateway' as const,
  kind: 'forward' as const,
  since: START,
  readyAt: START,
  heldBy: 'circuit' as const,
  returns: 0,
  taskToken: `${orderId} ${step}`,
});

/** Every order waits with a step before the pivot and for a change; an undo waits where nobody has resumed it. */
export async function wakes(log: InMemoryOrderLog): Promise<Consumer> {
  const { deps, answers, repaired } = recoveryFakes();
  for (const stream of ORDERS) {
    const { orderId } = stream[0]!;
    await deps.waits.put(waitOf(orderId, 'AuthorisePayment', 'CircuitOpen'));
    await deps.waits.put(waitOf(orderId, 'CapturePayment', 'OrderChanged'));
    const isResumed = stream.some(({ type }) => type === 'TaskResumed');
    if (!isResumed) await deps.waits.put(waitOf(orderId, 'VoidPayment', 'CircuitOpen'));
  }
  return {
    handle: wakeOrder({ ...deps, log, backOff: async () => {} }),
    done: async () => [...answers, ...new Set(repaired)],
  };
}

/** Looks at orders an hour after they began, of which no execution was started. */
export function progressChecks(log: InMemoryOrderLog): Consumer {
  const started = new Set<string>();
  const handle = checkProgress({
    log,
    now: () => START + 3_600_000,
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    monitor: { found: () => {}, failed: () => {} },
    runs: {
      statuses: async (run) => (started.has(`${run.machine} ${runName(run, 1)}`) ? ['RUNNING'] : []),
      start: async ({ machine }, name) => void started.add(`${machine} ${name}`),
    },
    again: async () => {},
  });
  return { handle, done: async () => [...started] };
}

const OTHER = ORDERS[1]![0]!.orderId;
/** The queue of the keepers is not on the bus: the platform alone sends to it. */
export const waitingOrders: TestedConsumer = {
  make: async () => {
    const { deps, answers } = recoveryFakes();
    for (const orderId of [ORDER_ID, OTHER]) await deps.waits.put(waitOf(orderId, 'AuthorisePayment', 'CircuitOpen'));
    return { handle: releaseWaitingOrders({ ...deps, backOff: async () => {} }), done: async () => [...answers] };
  },
  messages: {
    truths: [{ orderId: ORDER_ID, step: 'AuthorisePayment' }],
    forgeries: [
      { orderId: OTHER, step: 'VoidPayment' },
      { orderId: ORDERS[2]![0]!.orderId, step: 'AuthorisePayment' },
      { partner: 'payment-gateway', id: 'made-up' },
      { partner: 'nobody', id: 'made-up' },
    ],
  },
};
