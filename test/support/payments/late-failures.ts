/** A confirmed order of whose payment the channel has something to tell, with its history and its books. */
import '../platform/function-environment.ts';
import { balancesOf, NO_BOOK } from '../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../functions/ledger/domain/findings.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import { lookAfterRefunds } from '../../../functions/payments/application/look-after-refunds.ts';
import type { RecordedOrderEvent, TaskResumed } from '../../../functions/published/order-events.ts';
import { factId } from '../../../functions/shared/kernel/ids.ts';
import { lambdaContext, receivedAgain } from '../api/invocations.ts';
import { FIRST, RefundedOrder, requested } from '../orders/refunded-order.ts';
import { newEvent, ORDER_ID, START } from '../orders/streams.ts';

// Functions read their environment when they load.
const { makeHandler } = await import('../../../functions/payments/settle-late-payment.ts');
const { makeHandler: voidPayment } = await import('../../../functions/payments/void-payment.ts');

const ACCOUNTS = ['channel/card', 'clearing', 'prepaid', 'refunds', 'suspense'] as const;
const SETTINGS = { compensationLimitSeconds: 3_600, taskDueSeconds: 60 };

export class LateFailures {
  readonly order: RefundedOrder;
  /** Milliseconds since the epoch. */
  now = START;
  #count = 0;

  private constructor(order: RefundedOrder) {
    this.order = order;
  }

  /** An order that is there already. */
  static of(order: RefundedOrder): LateFailures {
    return new LateFailures(order);
  }

  static async confirmed(): Promise<LateFailures> {
    return new LateFailures(await RefundedOrder.confirmed());
  }

  get #deps() {
    return { gateways: { card: this.order.gateway }, log: this.order.log, now: () => this.now };
  }

  /**
   * The channel has something to tell, and the event of that comes over the queue twice. Resolves to the first answer.
   * @param more what it says
   */
  async tell(more: { readonly ofRefund?: true } = {}) {
    const data = { channel: 'card', notificationId: `evt_${this.#count}`, ...more };
    const events = await this.#record(newEvent({ type: 'PaymentNotified', data }));
    const answer = await this.#settle(events);
    await this.#settle(events);
    return answer;
  }

  /** A refund is requested, and made. */
  async refund(refundId: string = FIRST, amount = 1_000): Promise<void> {
    await this.order.consume(await this.order.record(requested(refundId, amount)));
  }

  failLater(refundId: string = FIRST): void {
    this.order.gateway.failRefund(ORDER_ID, refundId);
  }

  /** A person has the last task tried again. */
  async resume(subject: Omit<TaskResumed['data'], 'taskId'>): Promise<RecordedOrderEvent[]> {
    const taskId = await this.lastTask();
    return this.#record(newEvent({ type: 'TaskResumed', data: { taskId, ...subject } }));
  }

  async lastTask(): Promise<string> {
    const last = (await this.order.events('TaskOpened')).at(-1);
    if (last?.type !== 'TaskOpened') throw new Error('There is no task.');
    return last.data.taskId;
  }

  /** The refunds on record are watched from now on. */
  async watchRefunds(): Promise<void> {
    await this.order.consume(await this.order.events('RefundRequested', 'PaymentRefunded'));
  }

  /** The function that looks after refunds runs. */
  look(): Promise<void> {
    const settings = async () => SETTINGS;
    return lookAfterRefunds({ ...this.#deps, watch: this.order.watch, settings }, Number.POSITIVE_INFINITY);
  }

  undo(): Promise<unknown> {
    return voidPayment(this.#deps)({ orderId: ORDER_ID });
  }

  /** The refunds and tasks in the history. */
  async said(): Promise<string[]> {
    const events = await this.order.events('PaymentRefunded', 'RefundFailed', 'TaskOpened', 'TaskResolved');
    return events.map(({ type, data }) =>
      type === 'TaskOpened' || type === 'TaskResolved' ? `${type} ${data.kind}` : type,
    );
  }

  async folded(): Promise<ExistingOrder> {
    return fold(await this.order.log.read(ORDER_ID)) as ExistingOrder;
  }

  async balances() {
    const all = balancesOf(await this.#book());
    return Object.fromEntries(ACCOUNTS.map((account) => [account, all.of(account, 'CNY')]));
  }

  /** The rules that the books break. */
  async broken(): Promise<string[]> {
    return findingsOf(await this.order.log.read(ORDER_ID), await this.#book()).map(({ rule }) => rule);
  }

  async #book() {
    return { ...NO_BOOK, entries: missingEntries(await this.order.log.read(ORDER_ID), NO_BOOK) };
  }

  #record(event: ReturnType<typeof newEvent>): Promise<RecordedOrderEvent[]> {
    this.#count += 1;
    return this.order.record({ ...event, eventId: factId(ORDER_ID, `${event.type} ${this.#count}`) });
  }

  #settle(events: readonly RecordedOrderEvent[]) {
    return makeHandler({
      ...this.#deps,
      payouts: { giveBack: async () => 'made' },
      bankMonitor: { stranded: () => {} },
      settings: async () => SETTINGS,
      backOff: async () => {},
    })(receivedAgain(1, ...events), lambdaContext());
  }
}
