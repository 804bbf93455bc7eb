/** Everything that is stored of orders, in tables of a suite's own, and what erases persons from it. */
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbCustomerOrders } from '../../../functions/orders/adapters/dynamodb-customer-orders.ts';
import { DynamoDbDueReturns } from '../../../functions/orders/adapters/dynamodb-due-returns.ts';
import { DynamoDbErasableOrders } from '../../../functions/orders/adapters/dynamodb-erasable-orders.ts';
import { DynamoDbErasures } from '../../../functions/orders/adapters/dynamodb-erasures.ts';
import { DynamoDbOldOrders } from '../../../functions/orders/adapters/dynamodb-old-orders.ts';
import { DynamoDbOrderViews } from '../../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbSearchIndex } from '../../../functions/orders/adapters/dynamodb-search-index.ts';
import { DynamoDbToldCustomers } from '../../../functions/orders/adapters/dynamodb-told-customers.ts';
import { ORDER_SNAPSHOTS } from '../../../functions/orders/adapters/snapshots.ts';
import { ORDER_TABLES } from '../../../functions/orders/adapters/tables.ts';
import { projectOrder } from '../../../functions/orders/application/project-order.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import { NOTIFICATION_TABLES } from '../../../functions/published/notification-tables.ts';
import type { NewOrderEvent } from '../../../functions/published/order-events.ts';
import { ORDER } from '../../../functions/published/order-log.ts';
import { ORDER_LOG_TABLES } from '../../../functions/published/order-log-tables.ts';
import { DynamoDbEventLog } from '../../../functions/shared/event-log/dynamodb-event-log.ts';
import { DynamoDbSnapshots } from '../../../functions/shared/event-log/dynamodb-snapshots.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { inKeyOrder } from '../../../functions/shared/kernel/key-order.ts';
import { ownTable, type TestDynamoDb } from '../dynamodb/dynamodb.ts';
import { uncontested } from './uncontested-view.ts';

const SHAPES = {
  ...ORDER_LOG_TABLES,
  ...NOTIFICATION_TABLES,
  orderView: ORDER_TABLES.orderView,
  orderSearch: ORDER_TABLES.orderSearch,
  erasures: ORDER_TABLES.erasures,
};
type Names = Readonly<Record<keyof typeof SHAPES, string>>;

/** @returns the stores of orders, and how a test fills and reads them */
export async function storedPersons(dynamoDb: TestDynamoDb) {
  const names = Object.fromEntries(Object.keys(SHAPES).map((kind) => [kind, ownTable(kind)])) as Names;
  for (const [kind, shape] of Object.entries(SHAPES)) await dynamoDb.createTable(names[kind as keyof Names], shape);
  const db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
  const log = new DynamoDbEventLog(ORDER, db, names.orderLog, names.commands);
  const snapshots = new DynamoDbSnapshots<ExistingOrder, OrderId>(ORDER_SNAPSHOTS, db, names.orderSnapshots, 1);
  const views = new DynamoDbOrderViews(db, names.orderView);
  const index = new DynamoDbSearchIndex(db, names.orderSearch);
  const { orderLog, commands, orderSnapshots } = names;
  const orderOf = async (orderId: OrderId) => fold(await log.read(orderId)) as ExistingOrder;
  const project = async (view: OrderView) => projectOrder({ views, index }, uncontested(view));

  return {
    db,
    log,
    deps: {
      orders: new DynamoDbErasableOrders(db, { log: orderLog, commands, snapshots: orderSnapshots }),
      views,
      index,
      erasures: new DynamoDbErasures(db, names.erasures),
      customerOrders: new DynamoDbCustomerOrders(db, names.orderView),
      inbox: new DynamoDbToldCustomers(db, names.notifications),
    },
    old: new DynamoDbOldOrders(db, names.orderView),
    due: new DynamoDbDueReturns(db, names.orderView),
    snapshots,
    viewNow: async (orderId: OrderId) => viewOf(await orderOf(orderId)),
    project,
    /** Records events, each with a command of its own, projects them, keeps a snapshot and tells the customer. */
    async record(orderId: OrderId, events: readonly NewOrderEvent[]): Promise<void> {
      const before = (await log.read(orderId)).length;
      for (const [index, event] of events.entries()) {
        const commandId = `${orderId}-${before + index}`;
        const actor = { type: 'customer', id: 'C-1' } as const;
        await log.append(orderId, before + index, [{ ...event, causationId: commandId, actor }], {
          commandId,
          requestHash: `hash-${commandId}`,
        });
      }
      const order = await orderOf(orderId);
      await snapshots.save(orderId, order);
      await project(viewOf(order));
      const { customerId } = order;
      const Item = { customerId, notificationId: `${orderId}#${before}`, values: { orderId }, text: 'It is here.' };
      await db.send(new PutCommand({ TableName: names.notifications, Item }));
    },
    /** Every item of a table, as texts. */
    async items(...kinds: readonly (keyof Names)[]): Promise<readonly string[]> {
      const pages = await Promise.all(
        kinds.map((kind) => db.send(new ScanCommand({ TableName: names[kind], ConsistentRead: true }))),
      );
      return pages.flatMap(({ Items = [] }) => Items.map((item) => JSON.stringify(inKeyOrder(item)))).sort();
    },
    /** Everything but the record of erasures, which has no personal data but the customer's id. */
    kinds: Object.keys(SHAPES) as readonly (keyof Names)[],
  };
}

export type PersonsStore = Awaited<ReturnType<typeof storedPersons>>;
