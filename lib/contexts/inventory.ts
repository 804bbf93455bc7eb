import { Duration } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import * as routes from '../../functions/inventory/routes.ts';
import { EVENT_SOURCES, MAY_BRING_GOODS } from '../../functions/published/event-sources.ts';
import { INVENTORY_TABLES } from '../../functions/published/inventory-tables.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';

/** Stock, and the reservations of orders. */
export class Inventory extends BoundedContext {
  /** What there is of each article, and what is reserved. */
  readonly inventory: WaybillTable;
  /** The histories of articles. */
  readonly stockLog: WaybillTable;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    this.inventory = this.table('Inventory', INVENTORY_TABLES.inventory);
    for (const name of [
      'inventory/reserve-inventory',
      'inventory/release-inventory',
      'inventory/adjust-reservation',
    ] as const) {
      const step = this.step(name);
      this.inventory.grantTo(step, 'GetItem', 'PutItem', 'UpdateItem');
      if (name === 'inventory/release-inventory') continue;
      this.inventory.grantTo(step, 'BatchGetItem');
      // It says where goods come from, and how long they are kept for an order that is not paid.
      platform.configuration.grantRead(step);
    }
    this.stockLog = this.table('StockLog', INVENTORY_TABLES.stockLog, {
      sortKeyType: AttributeType.NUMBER,
      stream: true,
    });
    this.#sales();
    this.#stock();
    this.#backorders();
    this.#watching();
    this.probes.push(this.inventory.probe('inventory'), this.stockLog.probe('stock-log'));
  }

  /** What changes stock otherwise than by an order, and what says how much there is. */
  #stock(): void {
    const { inventory, stockLog } = this;
    const { bus, configuration, eventLog } = this.platform;
    const availability = this.endpoint(routes.checkAvailability);
    inventory.grantTo(availability, 'BatchGetItem');
    const getStock = this.endpoint(routes.getStock);
    inventory.grantTo(getStock, 'GetItem');
    stockLog.grantTo(this.endpoint(routes.getStockHistory), 'Query');

    const restockReturns = this.function('inventory/restock-returns', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(restockReturns);
    eventLog.grantAppend(restockReturns);
    new EventSubscription(this, 'ReturnedGoods', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['ReturnReceived'] },
      subscriber: restockReturns,
    });
    const moveStock = this.endpoint(routes.moveStock);
    const setLimits = this.endpoint(routes.setStockLimits);
    // It says which locations there are, and the limits of an article that gets its first goods.
    for (const each of [availability, getStock, moveStock, setLimits]) configuration.grantRead(each);
    for (const mover of [moveStock, setLimits, restockReturns]) {
      inventory.grantTo(mover, 'GetItem', 'UpdateItem');
      stockLog.grantTo(mover, 'PutItem');
      eventLog.grantRecordCommands(mover);
    }
  }

  /** What gives the goods that come to the orders that wait for them. */
  #backorders(): void {
    const { bus, configuration, eventLog } = this.platform;
    const fill = this.function('inventory/fill-backorders', { timeout: Duration.seconds(30) });
    this.inventory.grantTo(fill, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
    this.inventory.grantIndexTo(fill, 'byBackorder', 'Query', 'Scan');
    configuration.grantRead(fill);
    eventLog.grantAppend(fill);
    const looks = new EventSubscription(this, 'GoodsForBackorders', {
      bus,
      pattern: {
        source: [EVENT_SOURCES.inventory, EVENT_SOURCES.orders, EVENT_SOURCES.configuration],
        // What is for sale at a location can change with the settings.
        detailType: [...MAY_BRING_GOODS, 'ConfigurationChanged'],
      },
      subscriber: fill,
      batchingWindow: Duration.seconds(1),
      maxConcurrency: 2,
      // Sixteen hours: goods are there, and orders wait for them.
      maxReceives: 200,
      backsOff: true,
    });
    looks.lookAgain(Duration.minutes(15));
  }

  /** What tells of stock: the relay of its log, and the check of its thresholds. */
  #watching(): void {
    const { inventory, stockLog } = this;
    const { bus, configuration, eventLog } = this.platform;
    const relay = this.function('inventory/relay-stock-events', { timeout: Duration.seconds(30) });
    bus.grantPublish(relay);
    new OutboxRelay(this, 'StockRelay', { table: stockLog, relay });

    const checker = this.function('inventory/check-low-stock', { timeout: Duration.seconds(30) });
    inventory.grantTo(checker, 'GetItem', 'BatchGetItem', 'UpdateItem');
    stockLog.grantTo(checker, 'PutItem');
    eventLog.grantRecordCommands(checker);
    const list = this.endpoint(routes.listStock);
    inventory.grantTo(list, 'GetItem');
    for (const reader of [checker, list]) {
      inventory.grantIndexTo(reader, 'byWatch', 'Query');
      configuration.grantRead(reader);
    }
    new Schedule(this, 'LowStockChecks', { every: Duration.minutes(1), handler: checker, severity: 'warning' });
  }

  #sales(): void {
    const { bus, eventLog } = this.platform;
    const confirmReservation = this.function('inventory/confirm-reservation', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(confirmReservation);
    eventLog.grantAppend(confirmReservation);
    this.inventory.grantTo(confirmReservation, 'GetItem', 'UpdateItem');
    new EventSubscription(this, 'Sales', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['ShipmentHandedOver', 'OrderShipped', 'OrderDelivered'] },
      subscriber: confirmReservation,
    });
  }
}
