import { ORDER } from '../../../functions/published/order-log.ts';
import { STOCK } from '../../../functions/published/stock-log.ts';
import { TRANSFER } from '../../../functions/published/transfer-log.ts';
import { schemaVersionOf, writtenVersionOf } from '../../../functions/shared/event-log/upcast.ts';
import type { EventSchema, EventSchemas } from '../rules/events.ts';
import { eventShapes } from './event-shapes.ts';

/** Every log, with the module and the union of its events. */
const LOGS = {
  orders: { aggregate: ORDER, file: 'functions/published/order-events.ts', union: 'OrderEvent' },
  stock: { aggregate: STOCK, file: 'functions/published/stock-events.ts', union: 'StockEvent' },
  transfers: { aggregate: TRANSFER, file: 'functions/published/transfer-events.ts', union: 'TransferEvent' },
};

/** The events as this code has them. */
export function eventsNow(): EventSchemas {
  const shapes = eventShapes(LOGS);
  return {
    orders: schemasOf(LOGS.orders.aggregate, shapes.orders),
    stock: schemasOf(LOGS.stock.aggregate, shapes.stock),
    transfers: schemasOf(LOGS.transfers.aggregate, shapes.transfers),
  };
}

const schemasOf = (
  aggregate: Parameters<typeof writtenVersionOf>[0],
  shapes: Readonly<Record<string, EventSchema['data']>>,
): Readonly<Record<string, EventSchema>> =>
  Object.fromEntries(
    Object.entries(shapes).map(([type, data]) => [
      type,
      { reads: schemaVersionOf(aggregate.upcasters, type), writes: writtenVersionOf(aggregate, type), data },
    ]),
  );
