import { assertNever } from '../../../shared/kernel/assert-never.ts';
import { type Basket, linesInScope, total } from './basket.ts';
import type { Condition } from './promotion.ts';

/** Whether the condition holds for what earlier discounts have left of the basket. */
export function holds(condition: Condition, basket: Basket): boolean {
  switch (condition.type) {
    case 'minimum-subtotal': {
      const { amount, currency } = condition.amount;
      return (
        currency === basket.currency && total(linesInScope(basket, condition.skus).map(({ left }) => left)) >= amount
      );
    }
    case 'minimum-quantity':
      return total(linesInScope(basket, condition.skus).map(({ quantity }) => quantity)) >= condition.quantity;
    case 'contains-sku':
      return basket.lines.some(({ sku }) => sku === condition.sku);
    default:
      return assertNever(condition);
  }
}
