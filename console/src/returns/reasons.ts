/** Why customers send goods back, as the API names it. */
import type { OrderReturn } from '../api/types.ts';

export type ReturnReason = NonNullable<OrderReturn['reason']>;

export const RETURN_REASONS = [
  'changed_mind',
  'does_not_fit',
  'not_as_described',
  'defective',
  'wrong_article',
  'arrived_late',
  'other',
] as const satisfies readonly ReturnReason[];
