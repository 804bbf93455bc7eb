import { refuse } from '../../../shared/kernel/result.ts';
import type { CommandOf, OrderCommand, OrderCommandType } from '../commands.ts';
import type { Order, OrderStatus } from '../state.ts';
import { changeItems, changeShippingAddress, refuseItemsChange } from './changing.ts';
import { cancelOrder, confirmOrder, requestCancellation } from './closing.ts';
import type { Decider, Decision } from './decider.ts';
import { deliverOrder, shipOrder } from './delivering.ts';
import { approveOrder, createOrder, rejectOrder } from './placing.ts';
import { receiveReturn, refundOrder, requestReturn } from './refunding.ts';

/** Every command on an existing order. */
export const DECIDERS = {
  ApproveOrder: approveOrder,
  RejectOrder: rejectOrder,
  ChangeShippingAddress: changeShippingAddress,
  ChangeItems: changeItems,
  RefuseItemsChange: refuseItemsChange,
  RequestCancellation: requestCancellation,
  ConfirmOrder: confirmOrder,
  CancelOrder: cancelOrder,
  ShipOrder: shipOrder,
  DeliverOrder: deliverOrder,
  RefundOrder: refundOrder,
  RequestReturn: requestReturn,
  ReceiveReturn: receiveReturn,
} as const satisfies {
  readonly [Type in Exclude<OrderCommandType, 'CreateOrder'>]: {
    readonly command: Type;
    readonly decide: (order: never, command: CommandOf<Type>) => Decision;
  };
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
