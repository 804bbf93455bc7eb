import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type { PaymentRefunded, RecordedOrderEvent, RefundRequested, TaskResumed } from '../published/order-events.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { Configuration } from '../shared/configuration/document.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { PaymentDeps } from './application/ports.ts';
import { refundPayment } from './application/refund.ts';
import { type WatchDeps, watchRefunds } from './application/watch-refunds.ts';
import { deployedPayments, refundWatchBeginning } from './composition.ts';

interface RefundDeps extends PaymentDeps, WatchDeps {
  /** How long the gateway is asked before the refund has failed, and how long a person then has. */
  readonly settings: () => Promise<Pick<Configuration['recovery'], 'compensationLimitSeconds' | 'taskDueSeconds'>>;
  readonly backOff: BackOff;
}

type Refunding = RefundRequested | PaymentRefunded | TaskResumed;
/** A request, what was made of it or of none, or a task that a person has resumed and that may be about something else. */
const concernsRefunds = (event: RecordedOrderEvent): event is RecordedOrderEvent<Refunding> =>
  event.type === 'RefundRequested' || event.type === 'PaymentRefunded' || event.type === 'TaskResumed';

/** Makes each requested refund once, however often the event comes; and tries one again whose task a person has resumed. Has refunds watched. */
export const makeHandler = ({ settings, backOff, ...deps }: RefundDeps) =>
  eventConsumer({
    log: deps.log,
    backOff,
    isFor: concernsRefunds,
    handle: async (event) => {
      const { orderId, data, occurredAt } = event;
      if (event.type !== 'TaskResumed') await watchRefunds(deps, orderId, Date.parse(occurredAt));
      const { refundId } = data;
      if (event.type === 'PaymentRefunded' || refundId === undefined) return;
      const { compensationLimitSeconds, taskDueSeconds } = await settings();
      const now = deps.now();
      await refundPayment(deps, {
        orderId,
        refundId,
        ...(event.type === 'TaskResumed' ? { resumed: event } : {}),
        isLastAttempt: now >= Date.parse(occurredAt) + 1_000 * compensationLimitSeconds,
        taskDueAt: now + 1_000 * taskDueSeconds,
      });
    },
  });

export const handler: SQSHandler = makeHandler({
  ...deployedPayments(),
  watch: refundWatchBeginning(),
  settings: async () => (await configurationSource().current()).recovery,
  backOff: queueBackOff(readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() })).RETRY_QUEUE_URL),
});
