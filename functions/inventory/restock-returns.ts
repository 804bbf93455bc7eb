import type { SQSHandler } from 'aws-lambda';
import type { RecordedOrderEvent, ReturnReceived } from '../published/order-events.ts';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { InventoryDeps } from './application/ports.ts';
import { restockReturn } from './application/restock.ts';
import type { StockDeps } from './application/stock-ports.ts';
import { deployedInventory, deployedStock } from './composition.ts';

const saysThatGoodsAreBack = (event: RecordedOrderEvent): event is RecordedOrderEvent<ReturnReceived> =>
  event.type === 'ReturnReceived';

/** Puts the accepted units of returns back into stock, once, however often the event comes. */
export const makeHandler = (deps: InventoryDeps & StockDeps) =>
  eventConsumer({ log: deps.log, isFor: saysThatGoodsAreBack, handle: (event) => restockReturn(deps, event) });

export const handler: SQSHandler = makeHandler({ ...deployedInventory(), ...deployedStock() });
