/** The returns of an order: what has become of their units. */

import type { ReturnReceived, ReturnRequested, ReturnWithdrawn } from '../../published/order-events.ts';
import { countOf, type Units } from '../../shared/kernel/units.ts';
import type { Return } from './state.ts';

/** The returns after the event. */
export function withReturn(
  returns: readonly Return[],
  { type, data }: ReturnRequested | ReturnReceived | ReturnWithdrawn,
): readonly Return[] {
  const { returnId } = data;
  if (type === 'ReturnRequested') {
    const { lines, reason } = data;
    const requested = { returnId, status: 'requested', lines, accepted: [], rejected: [], withdrawn: [] } as const;
    return [...returns, reason === undefined ? requested : { ...requested, reason }];
  }
  const decided = (back: Return): Return =>
    type === 'ReturnWithdrawn'
      ? { ...back, withdrawn: data.lines }
      : {
          ...back,
          accepted: [...back.accepted, ...data.accepted],
          rejected: [...back.rejected, ...data.rejected],
        };
  return returns.map((back) => (back.returnId === returnId ? withStatus(decided(back)) : back));
}

/** The units of a return that were neither accepted nor rejected nor withdrawn. */
export const undecided = ({ lines, accepted, rejected, withdrawn }: Return): Units[] =>
  lines
    .map(({ sku, quantity }) => ({
      sku,
      quantity: quantity - countOf(sku, [...accepted, ...rejected, ...withdrawn]),
    }))
    .filter(({ quantity }) => quantity > 0);

function withStatus(back: Return): Return {
  const { accepted, rejected } = back;
  if (undecided(back).length > 0) return { ...back, status: 'partly_received' };
  if (accepted.length > 0) return { ...back, status: 'received' };
  return { ...back, status: rejected.length > 0 ? 'rejected' : 'withdrawn' };
}
