/** A person's wish to be forgotten: recorded at once, carried out by a schedule until it is done. */
import type { Actor } from '../../shared/kernel/events.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { hasEnded } from '../domain/erasable.ts';
import type { ErasureReason } from '../domain/erasure.ts';
import type { Erasure, Erasures, OrderToErase } from './erasure-ports.ts';
import type { CustomerOrders } from './ports.ts';

export interface ErasureRequestDeps {
  readonly erasures: Pick<Erasures, 'begin' | 'find' | 'orders'>;
  readonly customerOrders: CustomerOrders;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface ErasureRequest {
  readonly erasureId: string;
  readonly customerId: CustomerId;
  readonly reason: ErasureReason;
  readonly requestedBy: Actor;
}

/** How far an erasure is. */
export interface ErasureProgress {
  readonly erasure: Erasure;
  readonly orders: readonly OrderToErase[];
}

/** The newest orders, of which the first answer tells; the progress tells of all. */
const TOLD_AT_ONCE = 100;

/** The same request again gets the erasure as it is by now; another one under its id is refused. */
export async function requestErasure(
  { erasures, customerOrders, now }: ErasureRequestDeps,
  request: ErasureRequest,
): Promise<Result<ErasureProgress & { readonly isRepeated: boolean }, 'reused'>> {
  const requestedAt = new Date(now()).toISOString();
  const wanted: Erasure = {
    ...request,
    requestedAt,
    status: 'under_way',
    isListed: false,
    behindSince: requestedAt,
  };
  const erasure = await erasures.begin(wanted);
  if (erasure !== wanted) {
    if (erasure.reason !== request.reason) return refuse('reused');
    return accept({ erasure, orders: await erasures.orders(erasure), isRepeated: true });
  }
  const { items } = await customerOrders.page({ customerId: request.customerId, to: requestedAt }, TOLD_AT_ONCE);
  const orders = items.map(({ orderId, status }): OrderToErase => {
    const id = orderId as OrderId;
    return hasEnded(status)
      ? { orderId: id, state: 'found' }
      : { orderId: id, state: 'waiting', why: 'order_under_way' };
  });
  return accept({ erasure, orders, isRepeated: false });
}

/** @returns undefined for an erasure that the customer has not */
export async function erasureProgress(
  { erasures }: { readonly erasures: Pick<Erasures, 'find' | 'orders'> },
  customerId: CustomerId,
  erasureId: string,
): Promise<ErasureProgress | undefined> {
  const erasure = await erasures.find(customerId, erasureId);
  return erasure && { erasure, orders: await erasures.orders(erasure) };
}
