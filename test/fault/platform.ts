/** A platform to be tested: running in real time, or in memory with a clock that jumps. */
import type { OrderStream } from '../../functions/published/order-log.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import type { Stock } from './books.ts';
import type { Outage } from './cases.ts';
import type { Command, PlannedOrder } from './load.ts';

/** What can be seen of the platform at a moment. */
export interface Sight {
  /** The names of the executions that have not ended; each begins with its order's id. */
  readonly running: readonly string[];
  readonly streams: readonly OrderStream[];
}

export interface LoadedPlatform {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Places an order, again and again until it is answered. Resolves to its id; to undefined when it was not accepted. */
  place(order: PlannedOrder, isOver: () => boolean): Promise<string | undefined>;
  /** Resolves to whether the platform took the command. */
  send(orderId: string, command: Command, isOver: () => boolean): Promise<boolean>;
  /** Undefined while the platform or its database is away. */
  look(): Promise<Sight | undefined>;
  stock(): Promise<readonly Stock[]>;
  ledgers(): Promise<readonly [gateway: readonly LedgerEntry[], carrier: readonly LedgerEntry[]]>;
  /** The most states that the executions of one order entered. */
  mostTransitions(): Promise<number>;
}

/** One that can be harmed. */
export interface FaultyPlatform extends LoadedPlatform {
  /** From now on, what the outage names is away. */
  fail(outage: Outage): Promise<void>;
  recover(): Promise<void>;
  /** Requests that partners got since one of them began to fail last. */
  callsWhileDown(): number;
  /** Ends the platform as a power cut would, and starts it again. */
  killAndRestart(): Promise<void>;
}
