/** The returns of an order: what has become of their units. */

import type { RecordedOrderEvent, ReturnEvent } from '../../published/order-events.ts';
import { countOf, type Units } from '../../shared/kernel/units.ts';
import type { Return } from './state.ts';

/** The returns after the event. */
export function withReturn(returns: readonly Return[], event: RecordedOrderEvent<ReturnEvent>): readonly Return[] {
  if (event.type === 'ReturnRequested') return [...returns, requested(event.data)];
  return returns.map((back) => (back.returnId === event.data.returnId ? withStatus(after(back, event)) : back));
}

const requested = ({
  returnId,
  lines,
  reason,
  expectedUntil,
  restockingFeeBasisPoints,
}: Extract<ReturnEvent, { type: 'ReturnRequested' }>['data']): Return => ({
  returnId,
  status: 'requested',
  lines,
  accepted: [],
  rejected: [],
  withdrawn: [],
  ...(reason === undefined ? {} : { reason }),
  ...(expectedUntil === undefined ? {} : { expectedUntil }),
  ...(restockingFeeBasisPoints === undefined ? {} : { restockingFeeBasisPoints }),
});

function after(
  { expectedUntil: _, ...back }: Return,
  event: RecordedOrderEvent<Exclude<ReturnEvent, { type: 'ReturnRequested' }>>,
): Return {
  switch (event.type) {
    case 'ReturnWithdrawn':
      return { ...back, withdrawn: event.data.lines };
    case 'ReturnExpired':
      return { ...back, expiredAt: event.occurredAt };
    case 'ReturnReceived': {
      const { accepted, rejected } = event.data;
      return { ...back, accepted: [...back.accepted, ...accepted], rejected: [...back.rejected, ...rejected] };
    }
  }
}

/** The units of a return that were neither accepted nor rejected nor withdrawn. */
export const undecided = ({ lines, accepted, rejected, withdrawn }: Return): Units[] =>
  lines
    .map(({ sku, quantity }) => ({
      sku,
      quantity: quantity - countOf(sku, [...accepted, ...rejected, ...withdrawn]),
    }))
    .filter(({ quantity }) => quantity > 0);

/** Those of them that are waited for: of a return that has expired, none. */
export const awaited = (back: Return): Units[] => (back.expiredAt === undefined ? undecided(back) : []);

/** Whether the return is to expire at this time: ISO 8601, UTC. */
export const isOverdue = ({ status, expectedUntil }: Return, at: string): boolean =>
  status === 'requested' && expectedUntil !== undefined && expectedUntil <= at;

/** When the first of the returns is to expire: ISO 8601, UTC; undefined when none is. */
export const firstExpiry = (returns: readonly Return[]): string | undefined =>
  returns
    .flatMap(({ status, expectedUntil }) => (status === 'requested' ? (expectedUntil ?? []) : []))
    .sort()
    .at(0);

function withStatus(back: Return): Return {
  const { accepted, rejected, expiredAt } = back;
  if (awaited(back).length > 0) return { ...back, status: 'partly_received' };
  if (accepted.length > 0) return { ...back, status: 'received' };
  if (rejected.length > 0) return { ...back, status: 'rejected' };
  return { ...back, status: expiredAt === undefined ? 'withdrawn' : 'expired' };
}
