/** A confirmed order whose refunds are carried out over a gateway and a stream in memory. */
import { byCard } from './by-card.ts';
import '../platform/function-environment.ts';
import type {
  NewOrderEvent,
  OrderEvent,
  RecordedOrderEvent,
  RefundRequested,
} from '../../../functions/published/order-events.ts';
import { factId } from '../../../functions/shared/kernel/ids.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { lambdaContext, receivedAgain } from '../api/invocations.ts';
import type { dyingBeforeAppend } from '../fakes/failing-log.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../fakes/in-memory-payment-gateway.ts';
import { InMemoryRefundWatch } from '../fakes/in-memory-refund-watch.ts';
import { created, HAPPY_PATH, newEvent, ORDER_ID, START } from './streams.ts';

// Functions read their environment when they load.
const { makeHandler } = await import('../../../functions/payments/refund-payment.ts');

export const TOTAL = created().data.total;
export const [FIRST, SECOND] = [
  '0190f3a0-0000-7000-8000-0000000000d1',
  '0190f3a0-0000-7000-8000-0000000000d2',
] as const;
export const GONE = { batchItemFailures: [] };
export const COMES_AGAIN = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

const LIMIT = { compensationLimitSeconds: 3_600, taskDueSeconds: 60 };
/** When a refund that was requested at the twentieth second is tried for the last time. */
export const TOO_LATE = START + 3_620_000;

export const requested = (refundId: string = FIRST, amount = 1_000): NewOrderEvent<RefundRequested> => ({
  ...newEvent({ type: 'RefundRequested', data: { refundId, amount: money(amount, 'CNY'), lines: [] } }, 20),
  eventId: factId(ORDER_ID, refundId),
});

interface Circumstances {
  readonly over?: InMemoryOrderLog | ReturnType<typeof dyingBeforeAppend>;
  readonly attempt?: number;
  readonly at?: number;
}

export class RefundedOrder {
  /** Has captured the order's total; another one may take its place. */
  gateway = new InMemoryPaymentGateway();
  readonly log = new InMemoryOrderLog();
  readonly watch = new InMemoryRefundWatch();
  /** Which messages that failed were to come again, after which attempt. */
  readonly putOff: [receiptHandle: string, attempt: number][] = [];

  static async confirmed(): Promise<RefundedOrder> {
    const order = new RefundedOrder();
    await order.gateway.authorise(ORDER_ID, TOTAL, byCard('tok_ok'));
    await order.gateway.capture(ORDER_ID, TOTAL);
    await order.record(...HAPPY_PATH.map((event, index) => newEvent(event, index)));
    return order;
  }

  /** Appends the events and returns them as they come over the queue. */
  async record(...events: readonly NewOrderEvent[]): Promise<RecordedOrderEvent[]> {
    const { length } = await this.log.read(ORDER_ID);
    await this.log.append(ORDER_ID, length, events);
    return (await this.log.read(ORDER_ID)).slice(length);
  }

  consume(events: readonly RecordedOrderEvent[], { over = this.log, attempt = 1, at = START }: Circumstances = {}) {
    const { gateway } = this;
    return makeHandler({
      gateways: { card: gateway },
      log: over,
      watch: this.watch,
      now: () => at,
      settings: async () => LIMIT,
      backOff: async (...put) => void this.putOff.push(put),
    })(receivedAgain(attempt, ...events), lambdaContext());
  }

  async events(...types: readonly OrderEvent['type'][]): Promise<RecordedOrderEvent[]> {
    return (await this.log.read(ORDER_ID)).filter(({ type }) => types.includes(type));
  }
}
