import { DEFECT, type ErrorRows, REFUSAL } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';
import type { IllegalTransition } from './refusals.ts';

/** The errors of orders. */
export const ORDER_ERRORS = {
  IllegalOrderTransition: REFUSAL,
  CompensationUnfinished: REFUSAL,
  BrokenPromotion: DEFECT,
} as const satisfies ErrorRows;

/** A step asks for something that the order's status does not allow: the saga and the log disagree. */
export class IllegalOrderTransition extends WaybillError {
  override readonly name = 'IllegalOrderTransition';
  override readonly errorClass = ORDER_ERRORS.IllegalOrderTransition;

  constructor(orderId: string, { from, to }: IllegalTransition) {
    super(`Order ${orderId} is ${from}; it cannot become ${to}.`, { data: { orderId, from, to } });
  }
}

/** The order is recorded as cancelled, and compensations of it are not done yet: the saga waits, and does them again. */
export class CompensationUnfinished extends WaybillError {
  override readonly name = 'CompensationUnfinished';
  override readonly errorClass = ORDER_ERRORS.CompensationUnfinished;

  constructor(orderId: string, steps: readonly string[]) {
    super(`Order ${orderId} is cancelled, and not everything is undone: ${steps.join(', ')}.`, {
      data: { orderId, steps },
    });
  }
}

/** A promotion's record cannot be read. The merchant has to repair it; until then its code is of no use. */
export class BrokenPromotion extends WaybillError {
  override readonly name = 'BrokenPromotion';
  override readonly errorClass = ORDER_ERRORS.BrokenPromotion;

  constructor(code: string, complaints: readonly string[]) {
    super(`The promotion ${code} cannot be read: ${complaints.join('; ')}.`, { data: { code } });
  }
}
