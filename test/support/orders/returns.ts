/** The commands and events of a return of the order in `refunds.ts`. */
import type { InspectedUnits } from '../../../functions/orders/domain/decide/returning.ts';
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import type { Units } from '../../../functions/shared/kernel/units.ts';
import { cny, units } from './refunds.ts';
import { CUSTOMER_ID } from './streams.ts';

export const inspected = (units: InspectedUnits): OrderEvent => ({
  type: 'ReturnReceived',
  data: { customerId: CUSTOMER_ID, returnId: 'return-1', ...units },
});
export const withdrawn = (...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnWithdrawn',
  data: { customerId: CUSTOMER_ID, returnId: 'return-1', lines },
});
export const expired = (...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnExpired',
  data: { customerId: CUSTOMER_ID, returnId: 'return-1', lines },
});

export const returned = (...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-1', lines },
});
/** The same, of a shop that waits until then. */
export const returnedBy = (expectedUntil: string, ...lines: readonly Units[]): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-1', lines, expectedUntil },
});
export const received = (...accepted: readonly Units[]): OrderEvent => inspected({ accepted, rejected: [] });
export const request = (...items: readonly Units[]) =>
  ({ type: 'RequestReturn', returnId: 'return-1', items }) as const;
export const receive = { type: 'ReceiveReturn', returnId: 'return-1', refundId: 'refund-9' } as const;
export const refundFor = (amount: number, lines: readonly Units[]): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId: 'refund-9', amount: cny(amount), lines, returnId: 'return-1' },
});
export const twoMugs = units('MUG-BLUE', 2);
