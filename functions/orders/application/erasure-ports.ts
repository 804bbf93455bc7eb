import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { ErasureWait } from '../domain/erasable.ts';
import type { ErasureReason } from '../domain/erasure.ts';
import type { OrderSummary } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { Term } from '../domain/search/terms.ts';

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

/** The search index, as it forgets persons. */
export interface ErasableIndex {
  /** Deletes terms, whatever version entered them: the order is to be found by none of them any more. */
  forget(order: Pick<OrderView, 'orderId' | 'createdAt' | 'version'>, terms: readonly Term[]): Promise<void>;
}

/** The customers' inbox. */
export interface ToldCustomers {
  /** Deletes what the customer was told about these events. */
  forget(customerId: CustomerId, events: readonly RecordedOrderEvent[]): Promise<void>;
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
  /** The newest pass over the list of the customer's orders: when it began (ISO 8601), and how far it is; without a place it is over. */
  readonly listing?: { readonly begunAt: string; readonly after?: Pick<OrderSummary, 'createdAt' | 'orderId'> };
  /** The pass over its orders that is under way. */
  readonly pass?: ErasurePass;
  /** Since when there is something that could be erased and is not: ISO 8601. */
  readonly behindSince?: string;
}

/** How far a pass over the orders of an erasure is, and what it has found until there. */
export interface ErasurePass {
  readonly after?: OrderId;
  /** When one of them is to be looked at again: ISO 8601. */
  readonly next?: string;
  /** Whether one of them could be erased, and is not for certain. */
  readonly isBehind?: true;
}

export type ErasureKey = Pick<Erasure, 'customerId' | 'erasureId'>;

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
  /** Those under way that are to be looked at by then, the longest waiting first, so many at most; moments behind. @param now ISO 8601 */
  due(now: string, limit: number): Promise<readonly ErasureKey[]>;
  /** All of its orders, however many there are. */
  orders(erasure: ErasureKey): Promise<readonly OrderToErase[]>;
  /** Some of its orders, by their ids. @param after the last one before. @returns `next` unless these are the last */
  page(
    erasure: ErasureKey,
    limit: number,
    after?: OrderId,
  ): Promise<{ readonly orders: readonly OrderToErase[]; readonly next?: OrderId }>;
  /** Adds orders, at most 100, unless they are there. */
  add(erasure: ErasureKey, orderIds: readonly OrderId[]): Promise<void>;
  note(erasure: ErasureKey, orders: readonly OrderToErase[]): Promise<void>;
  /** @param next when it is to be looked at again: ISO 8601; undefined once it is done */
  save(erasure: Erasure, next: string | undefined): Promise<void>;
}

export interface ErasureMonitor {
  /** An order could not be erased; it is tried again. */
  failed(orderId: OrderId, error: unknown): void;
  /**
   * For how long what is to be erased has been waiting for it, in milliseconds; 0 when nothing is.
   * @param by its age, or that a person has asked
   * @param of what has been waiting the longest; undefined when nothing is
   */
  overdue(by: 'age' | 'request', ms: number, of?: ErasureKey | Pick<OldOrder, 'orderId'>): void;
}

/** An order that has ended, and whose view has not changed since. */
export interface OldOrder {
  readonly orderId: OrderId;
  /** Of its view. */
  readonly version: number;
  /** From when its personal data is kept: ISO 8601. It ended then, or something was still open. */
  readonly keptFrom: string;
}

export interface OldOrders {
  /** Pages of those whose personal data is kept from before then; the first begins with the oldest of all. Moments behind. @param before ISO 8601 */
  pages(before: string): AsyncIterable<readonly OldOrder[]>;
  /** Has its personal data kept from then on, unless something has changed the order. @param from ISO 8601 */
  keepFrom(order: OldOrder, from: string): Promise<void>;
  /** From now on the order is not among them, until something changes it. */
  markErased(order: OldOrder): Promise<void>;
}
