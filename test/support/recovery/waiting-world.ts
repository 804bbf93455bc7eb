/** Orders that need a partner, in virtual time: their sagas wait as the state machines do, and the keeper lets them go on. */
import { v5 } from 'uuid';
import type { SagaStep } from '../../../functions/published/order-events.ts';
import { SharedCircuits } from '../../../functions/recovery/adapters/shared-circuits.ts';
import { awaitRecovery } from '../../../functions/recovery/application/await-recovery.ts';
import { keepWaitingOrders } from '../../../functions/recovery/application/keep-waiting-orders.ts';
import type { KeeperDeps, RecoveryMonitor, WaitKey } from '../../../functions/recovery/application/ports.ts';
import { releaseWait } from '../../../functions/recovery/application/release-wait.ts';
import type { RecoverySettings } from '../../../functions/recovery/domain/settings.ts';
import type { AwaitedPartner } from '../../../functions/recovery/domain/waiting-step.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import { type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { admit, type Circuit, NEW_CIRCUIT, report } from '../../../functions/shared/outbound/circuit/circuit.ts';
import { NOTHING_UNREPORTED } from '../../../functions/shared/outbound/circuit/unreported.ts';
import type { PartnerState } from '../../../functions/shared/outbound/ports.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryTimers } from '../fakes/in-memory-timers.ts';
import { InMemoryWaits } from '../fakes/in-memory-waits.ts';
import { created, newEvent, ORDER_ID, START } from '../orders/streams.ts';

const POLICY = { ...DEFAULT_CONFIGURATION.breaker, failureRate: null };
const CALL_MS = 100;
const RETRY_MS = 2_000;

export interface WorldOptions {
  /** When the partner is away: seconds after the start, until seconds after the start. */
  readonly outages: readonly (readonly [from: number, to: number])[];
  readonly settings?: Partial<RecoverySettings>;
  /** Called at the begin of each call of a port; it may throw. */
  readonly onCall?: () => void;
  readonly step?: SagaStep;
  /** Orders, by their number, whose own request always fails. @default none */
  readonly poisoned?: readonly number[];
  /** Calls that the partner gets at the same time. @default no limit */
  readonly maxConcurrent?: number;
}

export type End = { readonly at: number; readonly kind: 'done' | 'given-up'; readonly error?: string };

export class WaitingWorld {
  readonly log = new InMemoryOrderLog();
  readonly calls: { readonly orderId: OrderId; readonly at: number; readonly answered: boolean }[] = [];
  readonly ends = new Map<OrderId, End>();
  /** How often the keeper looked. */
  rounds = 0;
  /** How often each order went on. */
  readonly releases = new Map<OrderId, number>();
  readonly failures: unknown[] = [];
  readonly deps: KeeperDeps;
  circuit: Circuit = NEW_CIRCUIT;
  #now = START;
  #agenda: { readonly at: number; readonly run: () => Promise<void> }[] = [];
  #ids = 0;
  #underWay = 0;
  readonly #tokens = new Map<string, OrderId>();
  readonly #poisoned = new Set<OrderId>();
  readonly #options: WorldOptions;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.deps = this.#deps();
  }

  get seconds(): number {
    return (this.#now - START) / 1_000;
  }

  /** An order whose saga comes to its step so many seconds after the start. */
  order(number: number, second: number): OrderId {
    const orderId = parseOrderId(v5(`order-${number}`, ORDER_ID));
    if (this.#options.poisoned?.includes(number)) this.#poisoned.add(orderId);
    this.at(second, async () => {
      await this.log.append(orderId, 0, [newEvent(created(), second, orderId)]);
      await this.#attempt(orderId);
    });
    return orderId;
  }

  at(second: number, run: () => Promise<void>): void {
    this.#plan(START + 1_000 * second, run);
  }

  /** Runs what is planned until nothing is left, or until so many seconds after the start. */
  async run(untilSecond = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      const [next] = this.#agenda;
      if (next === undefined || next.at > START + 1_000 * untilSecond) return;
      this.#agenda = this.#agenda.slice(1);
      this.#now = Math.max(this.#now, next.at);
      await next.run();
    }
  }

  #plan(at: number, run: () => Promise<void>): void {
    const index = this.#agenda.findIndex((other) => other.at > at);
    this.#agenda.splice(index === -1 ? this.#agenda.length : index, 0, { at, run });
  }

  async #attempt(orderId: OrderId): Promise<void> {
    const callId = this.#newId();
    if (this.#underWay >= (this.#options.maxConcurrent ?? Infinity)) return this.#wait(orderId, 'PartnerBusy');
    const admitted = admit(this.circuit, callId, POLICY, this.#now);
    if (!admitted) return this.#wait(orderId, 'CircuitOpen');
    this.circuit = admitted;
    const { epoch } = admitted;
    const away =
      this.#poisoned.has(orderId) ||
      this.#options.outages.some(([from, to]) => this.seconds >= from && this.seconds < to);
    this.#underWay += 1;
    this.calls.push({ orderId, at: this.seconds, answered: !away });
    this.#plan(this.#now + CALL_MS, async () => {
      this.#underWay -= 1;
      const call = { callId, epoch, outcome: away ? ('failed' as const) : ('succeeded' as const) };
      this.circuit = report(this.circuit, call, NOTHING_UNREPORTED, POLICY, this.#now);
      if (away) await this.#wait(orderId, 'PaymentGatewayUnavailable');
      else this.ends.set(orderId, { at: this.seconds, kind: 'done' });
    });
  }

  /** The state that waits: a new token for each try, and retries when the platform has trouble of its own. */
  async #wait(orderId: OrderId, error: string): Promise<void> {
    const taskToken = this.#newId();
    this.#tokens.set(taskToken, orderId);
    try {
      const failures = [{ step: this.#options.step ?? 'AuthorisePayment', error }] as const;
      await awaitRecovery({ ...this.deps, strategyOf: () => 'wait' }, { orderId, taskToken, failures });
    } catch (trouble) {
      const wasAnswered = !this.#tokens.delete(taskToken);
      if (wasAnswered) return;
      if ((trouble as Error).name === 'PaymentWindowClosed') this.#giveUp(orderId, 'PaymentWindowClosed');
      else this.#plan(this.#now + RETRY_MS, () => this.#wait(orderId, error));
    }
  }

  #giveUp(orderId: OrderId, error: string): void {
    if (this.ends.has(orderId)) throw new Error('An order ends once.');
    this.ends.set(orderId, { at: this.seconds, kind: 'given-up', error });
  }

  /** A message of the keeper's queue: it comes again after a while when its function fails. */
  #deliver(at: number, handle: () => Promise<void>): void {
    this.#plan(at, async () => {
      try {
        await handle();
      } catch {
        this.#deliver(this.#now + RETRY_MS, handle);
      }
    });
  }

  #answer(token: string, then: (orderId: OrderId) => void): boolean {
    const orderId = this.#tokens.get(token);
    if (orderId === undefined) return false;
    this.#tokens.delete(token);
    then(orderId);
    return true;
  }

  #deps(): KeeperDeps {
    const now = () => this.#now;
    const waits = this.#failing(new InMemoryWaits());
    const tokens = this.#failing({
      succeed: async (token: string) =>
        this.#answer(token, (orderId) => {
          this.releases.set(orderId, (this.releases.get(orderId) ?? 0) + 1);
          this.#plan(this.#now + 1, () => this.#attempt(orderId));
        }),
      fail: async (token: string, { name }: { readonly name: string }) =>
        this.#answer(token, (orderId) => this.#giveUp(orderId, name)),
    });
    const messages = this.#failing({
      longestMs: 900_000,
      round: async (partner: AwaitedPartner, id: string, delayMs: number) =>
        this.#deliver(this.#now + Math.ceil(delayMs / 1_000) * 1_000, async () => {
          this.rounds += 1;
          await keepWaitingOrders(this.deps, partner, id);
        }),
      release: async (wait: WaitKey) => this.#deliver(this.#now, async () => void (await releaseWait(this.deps, wait))),
    });
    const monitor: RecoveryMonitor = {
      waiting: () => {},
      oldest: () => {},
      released: () => {},
      gaveUp: () => {},
      failed: (_wait, error) => void this.failures.push(error),
    };
    const configuration = fixedConfiguration({ breaker: POLICY, recovery: this.#options.settings ?? {} });
    return {
      log: this.#failing(this.log),
      now,
      waits,
      timers: this.#failing(new InMemoryTimers()),
      messages,
      tokens,
      circuits: new SharedCircuits({ store: { read: async () => this.#partner() }, configuration, now }),
      settings: async () => (await configuration.current()).recovery,
      limits: async () => this.#options,
      newId: () => this.#newId(),
      monitor,
    };
  }

  #partner(): PartnerState {
    return { circuit: this.circuit, version: 0, instances: [] };
  }

  /** The port with a call of `onCall` before and after each of its methods. */
  #failing<Port extends object>(port: Port): Port {
    const { onCall } = this.#options;
    if (onCall === undefined) return port;
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          onCall();
          const result: unknown = await Reflect.apply(member, target, args);
          onCall();
          return result;
        };
      },
    });
  }

  #newId(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }
}
