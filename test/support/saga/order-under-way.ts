/** One order on its way through the real steps, over partners in memory, and what may happen to it between any two calls. */
import { randomUUID } from 'node:crypto';
import { type CommandBusDeps, dispatch } from '../../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import { DependencyUnavailable, WaybillError } from '../../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { InMemoryCarrier } from '../fakes/in-memory-carrier.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../fakes/in-memory-payment-gateway.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { CUSTOMER_ID, created, line, newEvent, priced, START } from '../orders/streams.ts';
import { STEP_FUNCTIONS } from './step-functions.ts';
import { type StepAnswer, StepError, type StepInput } from './steps.ts';

/**
 * What can become of a call that a step makes.
 * - `lost`: nothing is done, and the step is told so
 * - `answer lost`: it is done, and the step is told that it was not
 * - `crash before`, `crash after`: the function ends with its runtime just before or just after the call
 */
export type Mishap = 'lost' | 'answer lost' | 'crash before' | 'crash after';

export interface Plan {
  /** Step, port and method, such as `AuthorisePayment gateway.authorise`. */
  readonly place: string;
  /** What happens to the first `times` calls at that place. */
  readonly mishap?: Mishap;
  readonly times: number;
  /** The call at that place, from 1, around which the customer cancels. */
  readonly call: number;
  readonly cancels: 'before' | 'after';
}

/** What the order wants, of which there may be too little, paid and sent as it may or may not be possible. */
export interface Circumstances {
  readonly stock: number;
  readonly token: string;
  readonly postalCode: string;
}
export const IN_ITS_FAVOUR: Circumstances = { stock: 5, token: 'tok_ok', postalCode: '200000' };
const WANTED = 2;
export const SKU = line().sku;

/** Places at which the stream is read, and at which something is done that would have to be undone. */
const READING = / log\.read/;
const FORWARD = / (inventory\.reserve|gateway\.(authorise|capture)|carrier\.book)$/;

export class OrderUnderWay {
  readonly orderId: OrderId = parseOrderId(randomUUID());
  readonly gateway = new InMemoryPaymentGateway();
  readonly carrier = new InMemoryCarrier();
  readonly inventory: InMemoryInventory;
  /** Every place at which a step called something, in the order of the first calls. */
  readonly calls = new Map<string, number>();
  /** Where a step set out to do something for the order after it had read that the customer cancelled it. */
  readonly doneInSpite: string[] = [];
  /** What a step threw that is no error of ours. */
  readonly faults: unknown[] = [];
  readonly #log = new InMemoryOrderLog();
  readonly #bus: CommandBusDeps = { log: this.#log, snapshots: new InMemorySnapshots(), now: () => START };
  readonly #plan: Plan | undefined;
  readonly #handlers: ReadonlyMap<string, (event: unknown) => Promise<unknown>>;
  #step = '';
  #crash: () => void = () => {};
  #isCancelled = false;
  /** Whether a request to cancel was in the stream when it was read last. */
  #isToldSo = false;

  private constructor(circumstances: Circumstances, plan: Plan | undefined) {
    this.#plan = plan;
    this.inventory = new InMemoryInventory(this.#log);
    this.inventory.stock(SKU, circumstances.stock);
    const deps = {
      configuration: fixedConfiguration(),
      ...this.#bus,
      log: this.#watched('log', this.#log),
      inventory: this.#watched('inventory', this.inventory),
      gateways: { card: this.#watched('gateway', this.gateway) },
      carrier: this.#watched('carrier', this.carrier),
    };
    this.#handlers = new Map([...STEP_FUNCTIONS].map(([step, make]) => [step, make(deps)]));
  }

  static async place(circumstances: Circumstances, plan?: Plan): Promise<OrderUnderWay> {
    const order = new OrderUnderWay(circumstances, plan);
    const event = created([line(SKU, WANTED)]);
    const { token, postalCode } = circumstances;
    const data = {
      ...event.data,
      shippingAddress: { ...event.data.shippingAddress, postalCode },
      paymentMethod: { type: 'card' as const, token },
    };
    await order.#log.append(order.orderId, 0, [newEvent({ ...event, data }, 0, order.orderId)]);
    return order;
  }

  /** Runs the step that the state machine calls; `crash` when the plan has its runtime end. */
  async play(step: string, input: StepInput): Promise<StepAnswer> {
    this.#step = step;
    const crashed = new Promise<'crash'>((resolve) => {
      this.#crash = () => resolve('crash');
    });
    const handler = this.#handlers.get(step);
    if (!handler) return {}; // the call for a person, which has no effect of its own
    try {
      const end = await Promise.race([handler(input).then((payload) => ({ payload })), crashed]);
      return end;
    } catch (error) {
      if (error instanceof WaybillError) throw new StepError(error.name);
      this.faults.push(error);
      throw error;
    }
  }

  /** The customer cancels, once however often this is called. Resolves to whether the platform took it. */
  async cancel(): Promise<boolean> {
    if (this.#isCancelled) return true;
    this.#isCancelled = true;
    return this.cancelAgain();
  }

  /** Another request to cancel, with an id of its own. */
  cancelAgain(): Promise<boolean> {
    return this.#ask({ type: 'RequestCancellation', orderId: this.orderId, reason: 'customer_request' });
  }

  /** The customer asks for another quantity. Resolves to the id of the change. */
  async requestItems(quantity: number): Promise<string> {
    const changeId = randomUUID();
    const items = priced([line(SKU, quantity)]);
    if (!(await this.#ask({ type: 'ChangeItems', orderId: this.orderId, changeId, ...items }, changeId))) {
      throw new Error('The order does not take the change of its items.');
    }
    return changeId;
  }

  async #ask(command: OrderCommand, id: string = randomUUID()): Promise<boolean> {
    const actor = { type: 'customer', id: CUSTOMER_ID } as const;
    return (await dispatch(this.#bus, { id, command, causationId: id, actor })).ok;
  }

  stream(): Promise<RecordedOrderEvent[]> {
    return this.#log.read(this.orderId);
  }

  async now(): Promise<ExistingOrder> {
    return fold(await this.stream()) as ExistingOrder;
  }

  #watched<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get: (target, method) => {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          this.#called(`${this.#step} ${name}.${String(method)}`, () => member.apply(target, args) as Promise<unknown>);
      },
    });
  }

  async #called(place: string, carryOut: () => Promise<unknown>): Promise<unknown> {
    const call = (this.calls.get(place) ?? 0) + 1;
    this.calls.set(place, call);
    if (this.#isToldSo && FORWARD.test(place)) this.doneInSpite.push(place);
    const plan = this.#plan?.place === place ? this.#plan : undefined;
    if (!plan) {
      await this.#noteRead(place);
      return carryOut();
    }
    const cancels = call === plan.call ? plan.cancels : undefined;
    const mishap = call <= plan.times ? plan.mishap : undefined;

    if (cancels === 'before') await this.cancel();
    await this.#noteRead(place);
    const isCarriedOut = mishap !== 'lost' && mishap !== 'crash before';
    const outcome = isCarriedOut ? await carryOut() : undefined;
    if (cancels === 'after') await this.cancel();
    if (mishap === 'crash before' || mishap === 'crash after') {
      this.#crash();
      await new Promise<never>(() => {});
    }
    if (mishap !== undefined) {
      throw new DependencyUnavailable(`The call ${call} at ${place} failed, as the test has it.`);
    }
    return outcome;
  }

  async #noteRead(place: string): Promise<void> {
    if (READING.test(place)) {
      this.#isToldSo = (await this.stream()).some(({ type }) => type === 'CancellationRequested');
    }
  }
}
