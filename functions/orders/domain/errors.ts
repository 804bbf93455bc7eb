import { WaybillError } from '../../shared/kernel/errors.ts';
import type { IllegalTransition } from './refusals.ts';

/** A step asked for something that the order's state does not allow: the saga and the log disagree. */
export class IllegalOrderTransition extends WaybillError {
  override readonly name = 'IllegalOrderTransition' as const;

  constructor(orderId: string, { from, to }: IllegalTransition) {
    super(`Order ${orderId} is ${from}; it cannot become ${to}.`, { data: { orderId, from, to } });
  }
}
