/** What is not told any more, because something that came later says otherwise. Pure. */
import type { OrderEvent, OrderEventType, RecordedOrderEvent } from '../../published/order-events.ts';
import type { ToldType } from './notifications.ts';

const ENDS = ['CancellationRequested', 'OrderCancelled'] as const;
const LEFT = ['OrderShipped', 'OrderDelivered'] as const;

/**
 * For each event that customers are told of, those after which its message would be wrong: it says where the order is, or asks for something.
 * What has happened for good, such as a delivery or a refund, stays worth telling.
 */
const OVERTAKEN_BY: Readonly<Record<ToldType, readonly OrderEventType[]>> = {
  OrderCreated: ['OrderCancelled', ...LEFT],
  OrderBackordered: ['OrderBackordered', 'InventoryReserved', 'UnitsRemoved', ...ENDS],
  UnitsRemoved: ['OrderCancelled'],
  PaymentActionRequired: [
    'PaymentActionRequired',
    'PaymentAuthorised',
    'PaymentCaptured',
    'PaymentDeclined',
    'OrderConfirmed',
    ...ENDS,
  ],
  OrderConfirmed: [...LEFT, ...ENDS],
  OrderShipped: ['OrderDelivered'],
  OrderDelivered: [],
  OrderCancelled: [],
  PaymentRefunded: [],
  RefundFailed: [],
  ReturnRequested: ['ReturnReceived', 'ReturnWithdrawn'],
  ReturnReceived: [],
  ReturnWithdrawn: [],
};

/** A held order is overtaken by its approval as well; a return by what becomes of the same return alone. */
const isAbout = (event: OrderEvent, later: OrderEvent): boolean =>
  event.type !== 'ReturnRequested' ||
  ((later.type === 'ReturnReceived' || later.type === 'ReturnWithdrawn') &&
    later.data.returnId === event.data.returnId);

/** @param stream of the order, as far as it is known */
export function isOvertaken(
  event: RecordedOrderEvent & { readonly type: ToldType },
  stream: readonly RecordedOrderEvent[],
): boolean {
  const by = OVERTAKEN_BY[event.type];
  const isHeld = event.type === 'OrderCreated' && event.data.review !== undefined;
  return stream.some(
    (later) =>
      later.version > event.version &&
      (by.includes(later.type) || (isHeld && later.type === 'OrderApproved')) &&
      isAbout(event, later),
  );
}
