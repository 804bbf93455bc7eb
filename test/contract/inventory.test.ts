import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { InventoryDeps } from '../../functions/inventory/application/ports.ts';
import { releaseStock } from '../../functions/inventory/application/release.ts';
import { reserveStock } from '../../functions/inventory/application/reserve.ts';
import { OutOfStock, ReservationReleased } from '../../functions/inventory/domain/errors.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId, type Sku } from '../../functions/shared/kernel/ids.ts';
import { OrderNotFound } from '../../functions/shared/saga-step/errors.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { type DynamoDbStockWorld, inMemoryStockWorld, type StockWorld, stockWorld } from '../support/orders/stock.ts';
import { changeRequested, EVENTS, newEvent } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
let onDynamoDb: DynamoDbStockWorld;
let world: StockWorld;
let sku: string;
let orderId: OrderId;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  onDynamoDb = await stockWorld(dynamoDb);
}, 60_000);

afterAll(() => dynamoDb?.close());

beforeEach(() => {
  sku = `SKU-${randomUUID()}`;
  orderId = newOrderId();
});

const INVENTORIES = [
  ['in memory', inMemoryStockWorld],
  ['on DynamoDB', () => onDynamoDb],
] as const;

const newOrderId = () => parseOrderId(randomUUID());
const history = async (id = orderId) => (await world.log.read(id)).map(({ type }) => type);
/** Both resolve to the version at which the order's stream ends then. */
const reserve = async (id = orderId, deps: InventoryDeps = world) => {
  await reserveStock(deps, { orderId: id, attempt: 0 });
  return (await history(id)).length;
};
const release = async (id = orderId) => {
  await releaseStock(world, { orderId: id });
  return (await history(id)).length;
};

describe.each(INVENTORIES)('Reserving %s', (_, makeWorld) => {
  beforeEach(() => {
    world = makeWorld();
  });

  test('moves the units from available to reserved and records it, all at once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved']);
    expect(await world.inventory.find(orderId)).toMatchObject({ status: 'held', lines: [{ sku, quantity: 3 }] });
  });

  test('takes the last unit', async () => {
    await world.stock(sku, 3);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await world.stockOf(sku)).toEqual({ available: 0, reserved: 3 });
  });

  test('again records and takes nothing more', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await history()).toHaveLength(2);
  });

  test('twice at once reserves once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const twice = () => reserve();
    expect(await Promise.all([twice(), twice()])).toEqual([2, 2]);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('is refused as a whole when one of the articles is short, naming it', async () => {
    const short = `SHORT-${sku}`;
    await world.stock(sku, 10);
    await world.stock(short, 1);
    await world.order(orderId, { [sku]: 3, [short]: 2 });
    const refusal = await reserve().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OutOfStock);
    expect(refusal).toMatchObject({ name: 'OutOfStock', retryable: false, data: { skus: [short] } });
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await world.inventory.find(orderId)).toEqual({ status: 'none' });
    expect(await history()).toEqual(['OrderCreated']);
  });

  test('of an article that the warehouse never had is out of stock', async () => {
    await world.order(orderId, { [sku]: 1 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
  });

  test('finds its place in a stream that others have written to', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await world.log.append(orderId, 1, [newEvent(EVENTS.parked, 1, orderId), newEvent(EVENTS.voided, 2, orderId)]);
    expect(await reserve()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('of an order that does not exist is OrderNotFound', async () => {
    await expect(reserve()).rejects.toThrow(OrderNotFound);
  });

  test('holds orders of 97 different articles', async () => {
    const skus = Array.from({ length: 97 }, (_, index) => `${sku}-${index}`);
    for (const each of skus) await world.stock(each, 1);
    await world.order(orderId, Object.fromEntries(skus.map((each) => [each, 1])));
    expect(await reserve()).toBe(2);
    expect(await world.stockOf(skus[96]!)).toEqual({ available: 0, reserved: 1 });
    expect(await release()).toBe(3);
    expect(await world.stockOf(skus[0]!)).toEqual({ available: 1, reserved: 0 });
  });

  test('by 50 orders at once for the one unit there is: exactly one wins, the others are out of stock', async () => {
    await world.stock(sku, 1);
    const orders = Array.from({ length: 50 }, newOrderId);
    await Promise.all(orders.map((id) => world.order(id, { [sku]: 1 })));
    const outcomes = await Promise.allSettled(orders.map((id) => reserve(id)));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).name] : [],
    );
    expect(refusals).toEqual(Array.from({ length: 49 }, () => 'OutOfStock'));
    expect(await world.stockOf(sku)).toEqual({ available: 0, reserved: 1 });
    const recorded = await Promise.all(orders.map(history));
    expect(recorded.filter((types) => types.includes('InventoryReserved'))).toHaveLength(1);
  });
});

describe.each(INVENTORIES)('Releasing %s', (_, makeWorld) => {
  beforeEach(() => {
    world = makeWorld();
  });

  test('puts the units back and records it', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    expect(await release()).toBe(3);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved', 'InventoryReleased']);
  });

  test('again puts back nothing more', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await release();
    expect(await release()).toBe(3);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toHaveLength(3);
  });

  test('twice at once puts back once', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await Promise.allSettled([release(), release()]);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('does not need to know how far the stream has come', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
    await world.log.append(orderId, 2, [newEvent(EVENTS.declined, 2, orderId)]);
    expect(await release()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('before anything was reserved records nothing, and forbids the reservation that is late', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    expect(await release()).toBe(1);
    await expect(reserve()).rejects.toThrow(ReservationReleased);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await history()).toEqual(['OrderCreated']);
  });

  test('after a refusal for lack of stock needs nothing put back', async () => {
    await world.stock(sku, 1);
    await world.order(orderId, { [sku]: 2 });
    await expect(reserve()).rejects.toThrow(OutOfStock);
    expect(await release()).toBe(1);
    expect(await world.stockOf(sku)).toEqual({ available: 1, reserved: 0 });
  });

  test('and a reservation for the same order at once leave nothing held', async () => {
    await world.stock(sku, 10);
    const orders = Array.from({ length: 20 }, newOrderId);
    await Promise.all(orders.map((id) => world.order(id, { [sku]: 1 })));
    await Promise.all(
      orders.map(async (id) => {
        await Promise.allSettled([reserve(id), release(id)]);
        // The saga repeats a compensation that failed.
        await release(id);
      }),
    );
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });
});

describe.each(INVENTORIES)('Adjusting %s', (_, makeWorld) => {
  const event = (id = orderId) => newEvent({ type: 'ItemsChanged', data: changeRequested().data }, 2, id);
  const linesOf = (quantities: Readonly<Record<string, number>>) =>
    Object.entries(quantities).map(([name, quantity]) => ({ sku: name as Sku, quantity }));
  const adjust = (from: Readonly<Record<string, number>>, to: Readonly<Record<string, number>>, version = 3) =>
    world.inventory.adjust(orderId, { from: linesOf(from), to: linesOf(to) }, event(), version);
  const held = async () => ((await world.inventory.find(orderId)) as { lines?: unknown }).lines;
  let other: string;

  beforeEach(async () => {
    world = makeWorld();
    other = `OTHER-${sku}`;
    await world.stock(sku, 10);
    await world.stock(other, 5);
    await world.order(orderId, { [sku]: 3 });
    await reserve();
  });

  /** What nothing has changed since the reservation. */
  const expectUnchanged = async () => {
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
    expect(await world.stockOf(other)).toEqual({ available: 5, reserved: 0 });
    expect(await held()).toEqual(linesOf({ [sku]: 3 }));
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved']);
  };

  test('moves the difference, replaces the lines and appends the event, all at once', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 1, [other]: 5 })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(sku)).toEqual({ available: 9, reserved: 1 });
    expect(await world.stockOf(other)).toEqual({ available: 0, reserved: 5 });
    expect(await held()).toEqual(linesOf({ [sku]: 1, [other]: 5 }));
    expect(await history()).toEqual(['OrderCreated', 'InventoryReserved', event().type]);
  });

  test('and then releasing puts back what is held by then', async () => {
    await adjust({ [sku]: 3 }, { [other]: 2 });
    expect(await release()).toBe(4);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
    expect(await world.stockOf(other)).toEqual({ available: 5, reserved: 0 });
  });

  test('is refused as a whole when an article is short, naming it', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 1, [other]: 6 })).toEqual({ kind: 'out-of-stock', skus: [other] });
    await expectUnchanged();
  });

  test('of a reservation that holds other lines is not-held', async () => {
    expect(await adjust({ [sku]: 2 }, { [sku]: 4 })).toEqual({ kind: 'not-held' });
    await expectUnchanged();
  });

  test('of what was released, or never reserved, is not-held', async () => {
    await release();
    expect(await adjust({ [sku]: 3 }, { [sku]: 4 }, 4)).toEqual({ kind: 'not-held' });
    orderId = newOrderId();
    await world.order(orderId, { [sku]: 3 });
    expect(await adjust({ [sku]: 3 }, { [sku]: 4 }, 2)).toEqual({ kind: 'not-held' });
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });

  test('at a place that others have taken is version-taken, whatever else has changed', async () => {
    expect(await adjust({ [sku]: 2 }, { [other]: 6 }, 2)).toEqual({ kind: 'version-taken' });
    await expectUnchanged();
  });

  test('to the same lines moves no stock and appends the event', async () => {
    expect(await adjust({ [sku]: 3 }, { [sku]: 3 })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('changes 98 articles at once and no more', async () => {
    const wanted = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_each, index) => [`${sku}-${index}`, 1]));
    for (const name of Object.keys(wanted(98))) await world.stock(name, 1);
    expect(await adjust({ [sku]: 3 }, { [sku]: 3, ...wanted(99) })).toEqual({ kind: 'too-many-articles' });
    await expectUnchanged();
    expect(await adjust({ [sku]: 3 }, { [sku]: 3, ...wanted(98) })).toEqual({ kind: 'adjusted' });
    expect(await world.stockOf(`${sku}-97`)).toEqual({ available: 0, reserved: 1 });
  });

  test('by 20 orders at once for the last two units: exactly two get one more', async () => {
    const scarce = `SCARCE-${sku}`;
    await world.stock(scarce, 22);
    const orders = Array.from({ length: 20 }, newOrderId);
    for (const id of orders) {
      await world.order(id, { [scarce]: 1 });
      await reserve(id);
    }
    const outcomes = await Promise.all(
      orders.map((id) =>
        world.inventory.adjust(id, { from: linesOf({ [scarce]: 1 }), to: linesOf({ [scarce]: 2 }) }, event(id), 3),
      ),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(2).fill('adjusted'),
      ...Array<string>(18).fill('out-of-stock'),
    ]);
    expect(await world.stockOf(scarce)).toEqual({ available: 0, reserved: 22 });
  });
});

describe('Transactions that meet others on the same items', () => {
  beforeEach(() => {
    world = onDynamoDb;
  });

  /** DynamoDB Local never answers so; DynamoDB does when transactions meet. */
  const meeting = (times: number): DynamoDBDocumentClient => {
    let left = times;
    const send = async (command: unknown): Promise<unknown> => {
      if (command instanceof TransactWriteCommand && left > 0) {
        left -= 1;
        throw new TransactionCanceledException({
          message: 'Transaction cancelled',
          $metadata: {},
          CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }],
        });
      }
      return onDynamoDb.db.send(command as TransactWriteCommand);
    };
    return { send } as unknown as DynamoDBDocumentClient;
  };

  test('are tried again until they pass', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const deps = { ...world, inventory: onDynamoDb.inventoryOver(meeting(4)) };
    expect(await reserve(orderId, deps)).toBe(2);
    expect(await world.stockOf(sku)).toEqual({ available: 7, reserved: 3 });
  });

  test('end as ConcurrencyConflict, which the saga retries, when they keep meeting; nothing is held', async () => {
    await world.stock(sku, 10);
    await world.order(orderId, { [sku]: 3 });
    const deps = { ...world, inventory: onDynamoDb.inventoryOver(meeting(Number.POSITIVE_INFINITY)) };
    await expect(reserve(orderId, deps)).rejects.toThrow(ConcurrencyConflict);
    expect(await world.stockOf(sku)).toEqual({ available: 10, reserved: 0 });
  });
});
