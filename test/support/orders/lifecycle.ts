/**
 * The lifecycle of an order at a glance: which status knows which command. The compiler holds it against the deciders: a cell
 * says `yes` where the command's decider takes the order in that status, and `no` where the call does not compile.
 */
import type { CommandOf, DECIDERS, OrderCommandType } from '../../../functions/orders/domain/decide/decide.ts';
import type { OrderIn } from '../../../functions/orders/domain/state.ts';
import { ORDER_STATUSES, type OrderEvent, type OrderStatus } from '../../../functions/published/order-events.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { CHANGE_ID, changeRequested, created, EVENTS, HAPPY_PATH, line, ORDER_ID, priced } from './streams.ts';

type CommandType = Exclude<OrderCommandType, 'CreateOrder'>;

/** What a command's decider takes. */
type Taken<Type extends CommandType> = Parameters<(typeof DECIDERS)[Type]['decide']>[0];

/** One cell per status, in the order of `ORDER_STATUSES`. */
export type Row<Type extends CommandType, Statuses extends readonly OrderStatus[] = typeof ORDER_STATUSES> = {
  readonly [Column in keyof Statuses]: OrderIn<Statuses[Column]> extends Taken<Type> ? 'yes' : 'no';
};

/** Without a row for each command, or with a cell that the deciders do not bear out, this does not compile. */
export const LIFECYCLE = {
  //                       held   created backo. reserved pending compl. failed proces. shipped deliv. cancelling cancelled refunded
  ApproveOrder: ['yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  RejectOrder: ['yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  ChangeShippingAddress: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  ChangeItems: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  RefuseItemsChange: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  RequestCancellation: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'no'],
  ConfirmOrder: ['no', 'no', 'no', 'no', 'no', 'yes', 'no', 'yes', 'no', 'no', 'no', 'no', 'no'],
  CancelOrder: ['no', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'yes', 'yes', 'no'],
  ShipOrder: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'no', 'no', 'no', 'no', 'no'],
  DeliverOrder: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'no', 'no', 'no', 'no'],
  HandOverShipment: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'yes', 'no', 'no', 'no'],
  DeliverShipment: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no', 'no'],
  FollowShipment: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'yes', 'no', 'no', 'yes'],
  RefundOrder: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'yes', 'no', 'no', 'no'],
  RequestReturn: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no', 'no'],
  ReceiveReturn: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no', 'yes'],
  WithdrawReturn: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no', 'yes'],
  ExpireReturn: ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no', 'yes'],
} as const satisfies { readonly [Type in CommandType]: Row<Type> };

/** Every pair of the table. */
export const PAIRS = (Object.keys(LIFECYCLE) as CommandType[]).flatMap((command) =>
  ORDER_STATUSES.map((status, column) => ({ command, status, isKnown: LIFECYCLE[command][column] === 'yes' })),
);

const items = [{ sku: line().sku, quantity: 1 }];
/** A command of each type, for the order of `created()`. */
const COMMANDS: { readonly [Type in OrderCommandType]: Omit<CommandOf<Type>, 'type' | 'orderId'> } = {
  CreateOrder: created().data,
  ApproveOrder: {},
  RejectOrder: {},
  ChangeShippingAddress: { shippingAddress: created().data.shippingAddress },
  ChangeItems: { changeId: CHANGE_ID, ...priced([line('MUG-BLUE', 3)]) },
  RefuseItemsChange: { changeId: CHANGE_ID, reason: 'out_of_stock' },
  RequestCancellation: { reason: 'customer_request' },
  ConfirmOrder: {},
  CancelOrder: { reason: 'out_of_stock', unfinished: [], parked: [] },
  ShipOrder: {},
  DeliverOrder: {},
  HandOverShipment: { shipmentId: ORDER_ID },
  DeliverShipment: { shipmentId: ORDER_ID },
  FollowShipment: { shipmentId: ORDER_ID },
  RefundOrder: { refundId: 'refund-1', scope: { type: 'amount', amount: money(1, 'CNY') } },
  RequestReturn: { returnId: 'return-1', items },
  ReceiveReturn: { returnId: 'return-1', refundId: 'refund-1' },
  WithdrawReturn: { returnId: 'return-1' },
  ExpireReturn: { returnId: 'return-1', at: '2026-02-01T00:00:00.000Z' },
};
export const commandOf = <Type extends OrderCommandType>(type: Type) =>
  ({ type, orderId: ORDER_ID, ...COMMANDS[type] }) as unknown as CommandOf<Type>;

const { backordered, reserved, authorised, declined, cancelled, refunded } = EVENTS;
const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const dearer = priced([line('MUG-BLUE', 2)]);

/** For each status a stream that leads to it. */
export const STREAMS: { readonly [Status in OrderStatus]: readonly OrderEvent[] } = {
  held: [{ ...created(), data: { ...created().data, review: 'required' } }],
  created: [created()],
  backordered: [created(), backordered],
  inventory_reserved: [created(), reserved],
  payment_pending: [
    created(),
    reserved,
    authorised,
    changeRequested(),
    { type: 'ItemsChanged', data: { ...dearer, changeId: changeRequested().data.changeId } },
  ],
  payment_completed: [created(), reserved, authorised],
  payment_failed: [created(), reserved, declined],
  processing: HAPPY_PATH,
  shipped: [...HAPPY_PATH, shipped],
  delivered: [...HAPPY_PATH, shipped, { type: 'OrderDelivered', data: {} }],
  cancelling: [
    created(),
    reserved,
    { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'inventory_reserved' } },
  ],
  cancelled: [created(), cancelled],
  refunded: [...HAPPY_PATH, refunded],
};
