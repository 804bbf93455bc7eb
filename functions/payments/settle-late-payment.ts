import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type {
  OrderCancelled,
  PaymentNotified,
  RecordedOrderEvent,
  TaskResumed,
  TransferReceived,
} from '../published/order-events.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { Configuration } from '../shared/configuration/document.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import { noticeRefunds } from './application/notice-refunds.ts';
import type { PaymentDeps } from './application/ports.ts';
import { type ReturnDeps, returnTransfers } from './application/return-transfers.ts';
import { settleLatePayment } from './application/settle-late-payment.ts';
import { deployedPayments, deployedReturns } from './composition.ts';

interface SettleDeps extends PaymentDeps, ReturnDeps {
  /** How long it is tried before it is a person's task, and how long that person then has. */
  readonly settings: () => Promise<Pick<Configuration['recovery'], 'compensationLimitSeconds' | 'taskDueSeconds'>>;
  readonly backOff: BackOff;
}

type Late = OrderCancelled | PaymentNotified | TransferReceived;
const LATE: readonly string[] = [
  'OrderCancelled',
  'PaymentNotified',
  'TransferReceived',
] satisfies readonly Late['type'][];

/** Whichever of them comes last, or a task that a person has resumed and that may be about something else. */
const canBeLate = (event: RecordedOrderEvent): event is RecordedOrderEvent<Late | TaskResumed> =>
  LATE.includes(event.type) || event.type === 'TaskResumed';

/** Gives back payments that came after their order was cancelled, and transfers that an order does not keep; notices what has become of refunds. */
export const makeHandler = ({ backOff, ...deps }: SettleDeps) =>
  eventConsumer({
    log: deps.log,
    backOff,
    isFor: canBeLate,
    handle: async (event) => {
      const { orderId, occurredAt } = event;
      if (event.type === 'TaskResumed') {
        if (event.data.kind === 'transfer') await returnTransfers(deps, orderId, event);
        return undefined;
      }
      await returnTransfers(deps, orderId);
      const { compensationLimitSeconds, taskDueSeconds } = await deps.settings();
      const dueAt = deps.now() + 1_000 * taskDueSeconds;
      const isLastAttempt = deps.now() >= Date.parse(occurredAt) + 1_000 * compensationLimitSeconds;
      if (event.type === 'PaymentNotified') await noticeRefunds(deps, orderId, { dueAt, isSure: event.data.ofRefund });
      return settleLatePayment(deps, orderId, { dueAt, isLastAttempt });
    },
  });

export const handler: SQSHandler = makeHandler({
  ...deployedPayments(),
  ...deployedReturns(),
  settings: async () => (await configurationSource().current()).recovery,
  backOff: queueBackOff(readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() })).RETRY_QUEUE_URL),
});
