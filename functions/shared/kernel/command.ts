import type { OrderId } from './ids.ts';

/** What is asked of an order. The type of each command stands beside its decider. */
export interface Command<Type extends string = string> {
  readonly type: Type;
  readonly orderId: OrderId;
}
