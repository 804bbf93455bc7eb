import type { SagaStep } from '../../published/order-events.ts';
import type { ErrorStrategy } from '../../shared/kernel/error-class.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { CircuitState } from '../domain/circuit-state.ts';
import type { HeldBy } from '../domain/pause.ts';
import type { CallLimits, RecoverySettings } from '../domain/settings.ts';
import type { AwaitedPartner, WaitKind } from '../domain/waiting-step.ts';

/** Names a wait: an order waits once at most with each step, and with each step of each change of items. */
export interface WaitKey {
  readonly orderId: OrderId;
  readonly step: SagaStep;
  readonly changeId?: string | undefined;
}

/** What the keeper has to know of a wait. All times are in milliseconds since the epoch. */
export interface WaitingOrder extends WaitKey {
  /** When the step began to wait, for the first time. */
  readonly since: number;
  readonly readyAt: number;
  readonly heldBy: HeldBy;
  /** Absent when a person has the task of it. */
  readonly deadline?: number;
}

/** A step that waits, or that has waited: what is known of it stays for the case that it comes back. */
export interface Wait extends WaitingOrder {
  readonly partner: AwaitedPartner;
  readonly kind: WaitKind;
  /** Why it waits. */
  readonly error: string;
  /** What the execution waits for; absent once it was sent. It never leaves the server. */
  readonly taskToken?: string;
  /** How often in a row it came back and was held by the same. */
  readonly returns: number;
  /** No request of the step has left the platform, in whichever attempt. @default one may have */
  readonly nothingSent?: boolean;
}

/** The waits of all orders. */
export interface Waits {
  /** Those of one order, past ones included. It sees every finished write. */
  find(orderId: OrderId): Promise<readonly Wait[]>;
  /** Notes that the step waits, in place of what was known of it. */
  put(wait: Wait & { readonly taskToken: string }): Promise<void>;
  /** Notes that the order goes on, unless the step waits anew with another token. */
  release(wait: Wait, at: number): Promise<void>;
  /** Notes that the wait has no end of its own any more, unless the step waits anew with another token. */
  removeDeadline(wait: Wait): Promise<void>;
  /** At most `limit` that wait for the partner, the first to be ready first. It may be some seconds behind. */
  ready(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]>;
  /** The same, the first to end first; those without a deadline are left out. */
  ending(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]>;
  /** How many wait for the partner, as far as one read tells. */
  count(partner: AwaitedPartner): Promise<number>;
}

/** The timer of a partner's keeper. */
export interface Timer {
  /** The message that is to come, and when; absent when none is. */
  readonly message?: { readonly id: string; readonly dueAt: number };
  /** How many rounds in a row released orders while the circuit was closed. */
  readonly rounds: number;
  /** How often an order was noted, and when the last one was. */
  readonly touches: number;
  readonly touchedAt: number;
}

export interface Timers {
  find(partner: AwaitedPartner): Promise<Timer | undefined>;
  /** Notes that an order waits; resolves to the timer with that. */
  touch(partner: AwaitedPartner, at: number): Promise<Timer>;
  /** Sets the next message, unless another one took the place of `seen`. */
  set(
    partner: AwaitedPartner,
    seen: Timer | undefined,
    next: { readonly id: string; readonly dueAt: number; readonly rounds: number },
  ): Promise<void>;
  /** Removes the timer, unless it was touched after `seen`. Resolves to whether it is gone. */
  clear(partner: AwaitedPartner, seen: Timer): Promise<boolean>;
}

/** Messages to the keeper, which come at their time or a little later, once or twice. */
export interface KeeperMessages {
  /** The longest delay that it takes, in milliseconds. */
  readonly longestMs: number;
  round(partner: AwaitedPartner, id: string, delayMs: number): Promise<void>;
  /** Asks the keeper to let this order go on at once. */
  release(wait: WaitKey): Promise<void>;
}

/** The tokens with which executions wait. Each method resolves to false when the execution waits for it no longer. */
export interface SagaTokens {
  succeed(token: string): Promise<boolean>;
  fail(token: string, error: { readonly name: string; readonly message: string }): Promise<boolean>;
}

export interface Circuits {
  find(partner: AwaitedPartner): Promise<CircuitState>;
}

/** What operators can see of waiting orders. */
export interface RecoveryMonitor {
  waiting(partner: AwaitedPartner, count: number): void;
  /** For how long the longest of those has waited that are next, apart from those that a person has the task of. */
  oldest(partner: AwaitedPartner, waitedMs: number): void;
  released(partner: AwaitedPartner, count: number): void;
  /** Forward steps that had waited for too long. */
  gaveUp(partner: AwaitedPartner, count: number): void;
  /** An order could not be let go on, or not be given up; it is tried again. */
  failed(wait: WaitKey, error: unknown): void;
}

/** What the registration of a waiting order needs. */
export interface AwaitDeps extends StepDeps {
  readonly waits: Waits;
  readonly timers: Timers;
  readonly messages: KeeperMessages;
  readonly circuits: Circuits;
  readonly settings: () => Promise<RecoverySettings>;
  /** Undefined for an error that is not ours. */
  readonly strategyOf: (error: string) => ErrorStrategy | undefined;
  readonly newId: () => string;
}

/** What the keeper needs. */
export interface KeeperDeps extends Omit<AwaitDeps, 'strategyOf'> {
  readonly tokens: SagaTokens;
  readonly limits: (partner: AwaitedPartner) => Promise<CallLimits>;
  readonly monitor: RecoveryMonitor;
}
