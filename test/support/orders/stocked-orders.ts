/** An inventory in memory or on DynamoDB Local, with one order of a new article for each test. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { confirmReservation } from '../../../functions/inventory/application/confirm.ts';
import type { InventoryDeps } from '../../../functions/inventory/application/ports.ts';
import { releaseStock } from '../../../functions/inventory/application/release.ts';
import { reserveStock } from '../../../functions/inventory/application/reserve.ts';
import type {
  OrderShipped,
  RecordedOrderEvent,
  ShipmentHandedOver,
} from '../../../functions/published/order-events.ts';
import { factId, type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../dynamodb/dynamodb.ts';
import { REFUSING } from './reserve-settings.ts';
import { type DynamoDbStockWorld, inMemoryStockWorld, inShards, type StockWorld, stockWorld } from './stock-world.ts';
import { newEvent } from './streams.ts';

export class StockedOrders {
  readonly #onDynamoDb: () => DynamoDbStockWorld;
  #world: StockWorld | undefined;
  sku = '';
  orderId = newOrderId();

  constructor(onDynamoDb: () => DynamoDbStockWorld) {
    this.#onDynamoDb = onDynamoDb;
  }

  get world(): StockWorld {
    return this.#world!;
  }

  get onDynamoDb(): DynamoDbStockWorld {
    return this.#onDynamoDb();
  }

  /** Gives the next test an inventory and new ids. */
  renew(world: StockWorld): void {
    this.#world = world;
    this.sku = `SKU-${randomUUID()}`;
    this.orderId = newOrderId();
  }

  readonly history = async (id = this.orderId): Promise<string[]> =>
    (await this.world.log.read(id)).map(({ type }) => type);

  /** Resolves to the version at which the order's stream ends afterwards. */
  readonly reserve = async (id = this.orderId, deps: InventoryDeps = this.world): Promise<number> => {
    await reserveStock(deps, { orderId: id, attempt: 0, canWait: true }, REFUSING);
    return (await this.history(id)).length;
  };

  /** Ships the order, and resolves to the version at which its stream ends when its reservation is confirmed. */
  readonly ship = async (id = this.orderId): Promise<number> => {
    const last = (await this.world.log.readLast(id, 1))[0]!;
    await this.world.log.append(id, last.version, [newEvent({ type: 'OrderShipped', data: {} }, last.version, id)]);
    return this.confirm(id);
  };

  /** Hands one parcel of the order over, and resolves to the version at which its stream ends when that part of its reservation is confirmed. */
  readonly handOver = async (
    data: ShipmentHandedOver['data'],
    { again = false }: { readonly again?: boolean } = {},
  ): Promise<number> => {
    const id = this.orderId;
    const { log } = this.world;
    const last = (await log.readLast(id, 1))[0]!;
    const event = newEvent({ type: 'ShipmentHandedOver', data } as const, last.version, id);
    if (!again) await log.append(id, last.version, [{ ...event, eventId: factId(id, data.shipmentId) }]);
    const left = (await log.read(id)).find(({ eventId }) => eventId === factId(id, data.shipmentId));
    await confirmReservation(this.world, left as RecordedOrderEvent<ShipmentHandedOver>);
    return (await this.history(id)).length;
  };

  /** Confirms the reservation for the newest event, which says that the goods have left. */
  readonly confirm = async (id = this.orderId): Promise<number> => {
    const left = (await this.world.log.read(id)).findLast(({ type }) => type === 'OrderShipped');
    await confirmReservation(this.world, left as RecordedOrderEvent<OrderShipped>);
    return (await this.history(id)).length;
  };

  /** Resolves to the version at which the order's stream ends afterwards. */
  readonly release = async (id = this.orderId): Promise<number> => {
    await releaseStock(this.world, { orderId: id });
    return (await this.history(id)).length;
  };
}

export const newOrderId = (): OrderId => parseOrderId(randomUUID());

/** A new id with a property that many have. */
export const orderThat = (has: (id: OrderId) => boolean): OrderId => {
  for (;;) {
    const id = newOrderId();
    if (has(id)) return id;
  }
};

/** Opens the tables before the tests of the file. */
export function stockedOrders(): StockedOrders {
  let dynamoDb: TestDynamoDb;
  let onDynamoDb: DynamoDbStockWorld;
  beforeAll(async () => {
    dynamoDb = await openDynamoDb();
    onDynamoDb = await stockWorld(dynamoDb);
  });
  afterAll(() => dynamoDb?.close());
  return new StockedOrders(() => onDynamoDb);
}

/** Every adapter, for `describe.each`. */
export const INVENTORIES: readonly (readonly [string, (orders: StockedOrders) => StockWorld])[] = [
  ['in memory', inMemoryStockWorld],
  ['on DynamoDB', ({ onDynamoDb }) => onDynamoDb],
];

/** The same, and one that has each article's stock in four shards. */
export const SHARDED_INVENTORIES: typeof INVENTORIES = [
  ...INVENTORIES,
  ['on DynamoDB in shards', ({ onDynamoDb }) => inShards(onDynamoDb, 4)],
];
