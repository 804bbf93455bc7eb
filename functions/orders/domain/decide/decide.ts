import { refuse } from '../../../shared/kernel/result.ts';
import type { Order, OrderStatus } from '../state.ts';
import { CHANGING } from './changing.ts';
import { CLOSING } from './closing.ts';
import type { Decider, Decision } from './decider.ts';
import { DELIVERING } from './delivering.ts';
import { type CreateOrder, createOrder, PLACING } from './placing.ts';
import { REFUNDING } from './refunding.ts';
import { RETURNING } from './returning.ts';

const deciders = { ...PLACING, ...CHANGING, ...CLOSING, ...DELIVERING, ...REFUNDING, ...RETURNING } as const;
type Deciders = typeof deciders;

export type OrderCommand = CreateOrder | Parameters<Deciders[keyof Deciders]['decide']>[1];
export type OrderCommandType = OrderCommand['type'];
export type CommandOf<Type extends OrderCommandType> = Extract<OrderCommand, { readonly type: Type }>;

/** Every command on an existing order, each under its own type. */
export const DECIDERS = deciders satisfies {
  readonly [Type in keyof Deciders]: { readonly decide: (order: never, command: CommandOf<Type>) => Decision };
};

/** Decides a command on the order: the events that follow, or the refusal. */
export function decide(order: Order, command: OrderCommand): Decision {
  if (command.type === 'CreateOrder') return createOrder(order, command);
  // The table pairs each type with its own decider. The compiler cannot follow the lookup, so the status is checked
  // here.
  const { allowedIn, to, decide: decideHere } = DECIDERS[command.type] as unknown as Decider<OrderCommand, OrderStatus>;
  if (!allowedIn.includes(order.status)) {
    return refuse({ kind: 'illegal-transition', command: command.type, from: order.status, to, allowedIn });
  }
  return decideHere(order, command);
}
