import { setTimeout } from 'node:timers/promises';
/** What the functions of orders stand on when they are deployed. Each takes from its environment no more than it needs. */
import * as z from 'zod';
import { NOTIFICATION_TABLES } from '../published/notification-tables.ts';
import { ORDER, type OrderLog } from '../published/order-log.ts';
import { ORDER_LOG_TABLES } from '../published/order-log-tables.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { DynamoDbSnapshots } from '../shared/event-log/dynamodb-snapshots.ts';
import { knownCountries } from './adapters/countries.ts';
import { DynamoDbCatalogue } from './adapters/dynamodb-catalogue.ts';
import { DynamoDbCustomerOrders } from './adapters/dynamodb-customer-orders.ts';
import { DynamoDbDueReturns } from './adapters/dynamodb-due-returns.ts';
import { DynamoDbErasableOrders } from './adapters/dynamodb-erasable-orders.ts';
import { DynamoDbErasures } from './adapters/dynamodb-erasures.ts';
import { DynamoDbListedOrders } from './adapters/dynamodb-listed-orders.ts';
import { DynamoDbOldOrders } from './adapters/dynamodb-old-orders.ts';
import { DynamoDbOrderLists } from './adapters/dynamodb-order-lists.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { DynamoDbProjectionStates } from './adapters/dynamodb-projection-states.ts';
import { DynamoDbPromotions } from './adapters/dynamodb-promotions.ts';
import { DynamoDbSearchIndex } from './adapters/dynamodb-search-index.ts';
import { DynamoDbToldCustomers } from './adapters/dynamodb-told-customers.ts';
import { erasureMonitor } from './adapters/erasure-monitor.ts';
import { showFigures } from './adapters/order-figures.ts';
import { projectionMonitor } from './adapters/projection-monitor.ts';
import { ORDER_SNAPSHOTS } from './adapters/snapshots.ts';
import { StepFunctionsSaga } from './adapters/step-functions-saga.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import type { AdvanceErasuresDeps } from './application/advance-erasures.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import type { OldOrdersDeps } from './application/erase-old-orders.ts';
import type { LoadDeps } from './application/load-order.ts';
import type { PlaceOrderDeps } from './application/place-order.ts';
import type { OrderSnapshots } from './application/ports.ts';
import { REVIEW_FROM_PATTERN, reviewFromIn } from './domain/review-limits.ts';
import type { CommandEndpointDeps } from './http/command-endpoint.ts';

/** @param commandsTable where the ids of commands are kept. @default nowhere */
export const orderLog = (commandsTable?: string): OrderLog =>
  new DynamoDbEventLog(ORDER, documentClient(), tableName(ORDER_LOG_TABLES.orderLog), commandsTable);

const snapshots = (): OrderSnapshots => {
  const { SNAPSHOT_EVERY } = readEnvironment(z.object({ SNAPSHOT_EVERY: z.coerce.number().int().min(1).default(20) }));
  const table = tableName(ORDER_LOG_TABLES.orderSnapshots);
  return new DynamoDbSnapshots(ORDER_SNAPSHOTS, documentClient(), table, SNAPSHOT_EVERY);
};

export const loading = (): LoadDeps => ({ log: orderLog(), snapshots: snapshots() });

/** For commands of the platform; it keeps no ids of commands. */
export const commandBus = (): CommandBusDeps => ({ ...loading(), now: Date.now });

const idempotency = () => dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency));

/** For commands that callers send on orders. */
export const commands = (): CommandEndpointDeps => ({
  ...commandBus(),
  log: orderLog(tableName(ORDER_LOG_TABLES.commands)),
  idempotency: idempotency(),
});

/** Orders of `REVIEW_FROM` or more, by currency, are held for approval. */
export function pricing(): Pick<PlaceOrderDeps, 'catalogue' | 'promotions' | 'reviewFrom'> {
  const { REVIEW_FROM } = readEnvironment(
    z.object({ REVIEW_FROM: z.string().regex(REVIEW_FROM_PATTERN).default('0') }),
  );
  return {
    catalogue: new DynamoDbCatalogue(documentClient(), tableName(ORDER_TABLES.catalogue)),
    promotions: new DynamoDbPromotions(documentClient(), tableName(ORDER_TABLES.promotions)),
    reviewFrom: reviewFromIn(REVIEW_FROM),
  };
}

export { knownCountries };

export const placing = () => ({
  ...commandBus(),
  ...pricing(),
  countries: knownCountries,
});

export const orderViews = () => new DynamoDbOrderViews(documentClient(), tableName(ORDER_TABLES.orderView));
export const customerOrders = () => new DynamoDbCustomerOrders(documentClient(), tableName(ORDER_TABLES.orderView));
export const dueReturns = () => new DynamoDbDueReturns(documentClient(), tableName(ORDER_TABLES.orderView));
export const searchIndex = () => new DynamoDbSearchIndex(documentClient(), tableName(ORDER_TABLES.orderSearch));
export const orderLists = () => new DynamoDbOrderLists(documentClient(), tableName(ORDER_TABLES.orderSearch));
export const projectionStates = () =>
  new DynamoDbProjectionStates(documentClient(), tableName(ORDER_TABLES.projections));

export const projecting = () => ({
  ...loading(),
  views: orderViews(),
  index: searchIndex(),
  listed: new DynamoDbListedOrders(documentClient(), tableName(ORDER_TABLES.orderSearch), Math.random),
  states: projectionStates(),
  monitor: projectionMonitor,
  showFigures,
  now: Date.now,
});

/** The state machine that the function starts. */
export const stateMachine = () => new StepFunctionsSaga(readEnvironment(z.object({ SAGA_ARN: z.string() })).SAGA_ARN);

export const erasures = () => new DynamoDbErasures(documentClient(), tableName(ORDER_TABLES.erasures));
const toldCustomers = () => new DynamoDbToldCustomers(documentClient(), tableName(NOTIFICATION_TABLES.notifications));

export const collecting = () => ({
  customerOrders: customerOrders(),
  log: orderLog(),
  inbox: toldCustomers(),
  erasures: erasures(),
});

export const requestingErasure = () => ({ erasures: erasures(), customerOrders: customerOrders(), now: Date.now });

const erasingOrders = () => ({
  inbox: toldCustomers(),
  orders: new DynamoDbErasableOrders(documentClient(), {
    log: tableName(ORDER_LOG_TABLES.orderLog),
    commands: tableName(ORDER_LOG_TABLES.commands),
    snapshots: tableName(ORDER_LOG_TABLES.orderSnapshots),
  }),
  views: orderViews(),
  index: searchIndex(),
  monitor: erasureMonitor,
  now: Date.now,
  pause: setTimeout,
});

export const erasing = (): AdvanceErasuresDeps => ({
  ...erasingOrders(),
  erasures: erasures(),
  customerOrders: customerOrders(),
});

export const erasingOldOrders = (): OldOrdersDeps => ({
  ...erasingOrders(),
  old: new DynamoDbOldOrders(documentClient(), tableName(ORDER_TABLES.orderView)),
  keptDays: readEnvironment(z.object({ PERSONAL_DATA_DAYS: z.coerce.number().int().min(1) })).PERSONAL_DATA_DAYS,
});
