/** Which events of an order start a saga. */
import type {
  CancellationRequested,
  ItemsChangeRequested,
  OrderApproved,
  OrderCreated,
  RecordedOrderEvent,
} from '../../published/order-events.ts';

/** The saga of a held order starts when the order is approved. */
export const startsOrderSaga = (event: RecordedOrderEvent): event is RecordedOrderEvent<OrderCreated | OrderApproved> =>
  event.type === 'OrderApproved' || (event.type === 'OrderCreated' && event.data.review === undefined);

/** Before the confirmation the order's own saga is running, and compensates what it has done. */
export const startsCancellationSaga = (event: RecordedOrderEvent): event is RecordedOrderEvent<CancellationRequested> =>
  event.type === 'CancellationRequested' && event.data.from === 'processing';

export const startsItemsChange = (event: RecordedOrderEvent): event is RecordedOrderEvent<ItemsChangeRequested> =>
  event.type === 'ItemsChangeRequested';
