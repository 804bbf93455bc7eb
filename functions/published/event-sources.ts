/** The sources of the events on the bus: what publishers say and rules choose by. */
export const EVENT_SOURCES = {
  /** The outbox relay, for what is in the order log. */
  orders: 'waybill.orders',
  /** The outbox relay of inventory, for what is in the stock log. */
  inventory: 'waybill.inventory',
  /** Sagas that release 0.2.0 or an earlier one started, for what they could not put into the order log. */
  saga: 'waybill.saga',
  /** The circuits of partners, for their changes of state. */
  partners: 'waybill.partners',
  /** The configuration, for changes of settings. */
  configuration: 'waybill.configuration',
} as const;

/** The events after which there may be goods for an order that waits for them: of stock, of orders that give units back, and of one that begins to wait. */
export const MAY_BRING_GOODS: readonly string[] = [
  'StockReceived',
  'StockCorrected',
  'StockReturned',
  'StockTransferred',
  'StockLimitsSet',
  'InventoryReleased',
  'ItemsChanged',
  'OrderBackordered',
];
