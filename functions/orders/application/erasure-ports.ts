import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { ErasureWait } from '../domain/erasable.ts';
import type { ErasureReason } from '../domain/erasure.ts';

/** An order as it is stored, with the person in it or without. */
export interface StoredOrder {
  /** The whole stream, oldest first; empty when there is none. */
  readonly events: readonly RecordedOrderEvent[];
  /** The same without the person. */
  readonly erased: readonly RecordedOrderEvent[];
  /** Whether both are the same. */
  readonly isErased: boolean;
  /** Takes the person out of the stream, of its snapshot, and of what is kept of the commands. A repetition does no harm. */
  erase(): Promise<void>;
}

/** The order log, for the one use case that may change what is stored there. */
export interface ErasableOrders {
  read(orderId: OrderId): Promise<StoredOrder>;
}

/** The customers' inbox. */
export interface ToldCustomers {
  /** Deletes what the customer was told about these orders. */
  forget(customerId: CustomerId, orderIds: readonly OrderId[]): Promise<void>;
  /** What the customer was told, the oldest first. */
  told(customerId: CustomerId): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A person's wish to be forgotten, and how far it is. */
export interface Erasure {
  readonly erasureId: string;
  readonly customerId: CustomerId;
  readonly reason: ErasureReason;
  /** ISO 8601, UTC. It is for what was ordered until then. */
  readonly requestedAt: string;
  readonly requestedBy: Actor;
  readonly status: 'under_way' | 'done';
  /** Whether all orders of the customer are among its orders. */
  readonly isListed: boolean;
  readonly doneAt?: string;
}

/** An order of an erasure. One that was `erased` is looked at once more before it counts as `confirmed`: somebody may have been writing it. */
export type OrderToErase = { readonly orderId: OrderId } & (
  | { readonly state: 'found' | 'erased' | 'confirmed' }
  | { readonly state: 'waiting'; readonly why: ErasureWait }
);

/** The record of all erasures. It outlives the data: what comes back from a backup is erased again. */
export interface Erasures {
  /** Records the erasure, unless there is one of its id. @returns the one that is there by now */
  begin(erasure: Erasure): Promise<Erasure>;
  find(customerId: CustomerId, erasureId: string): Promise<Erasure | undefined>;
  /** Those of a customer, oldest first. */
  of(customerId: CustomerId): Promise<readonly Erasure[]>;
  /** Those under way that are to be looked at by then, the longest waiting first. @param now ISO 8601 */
  due(now: string): Promise<readonly Erasure[]>;
  orders(erasure: Erasure): Promise<readonly OrderToErase[]>;
  /** Adds orders, unless they are there. */
  add(erasure: Erasure, orderIds: readonly OrderId[]): Promise<void>;
  note(erasure: Erasure, order: OrderToErase): Promise<void>;
  /** @param next when it is to be looked at again: ISO 8601; undefined once it is done */
  save(erasure: Erasure, next: string | undefined): Promise<void>;
}

export interface ErasureMonitor {
  /** An order could not be erased; it is tried again. */
  failed(orderId: OrderId, error: unknown): void;
}

/** An order whose view has not changed for long, and has not been erased since it did. */
export interface OldOrder {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  /** Of its view. */
  readonly version: number;
}

export interface OldOrders {
  /**
   * A part of all orders, those among them that have not changed since then; it may be empty, and yet there is more.
   * @param before ISO 8601
   * @param after the end of the part before
   */
  page(before: string, after?: OrderId): Promise<{ readonly orders: readonly OldOrder[]; readonly next?: OrderId }>;
  /** From now on the order is not among them, until something changes it. */
  markErased(order: OldOrder): Promise<void>;
}
