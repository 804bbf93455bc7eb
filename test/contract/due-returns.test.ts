/** Returns that are to expire are found by their projection, and their log decides. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expireReturns } from '../../functions/orders/application/expire-returns.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import type { OrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { ANN, DELIVERED, fillWithPersons, OF_BOB, recorded } from '../support/orders/persons.ts';
import { type PersonsStore, storedPersons } from '../support/orders/stored-persons.ts';
import { created, START } from '../support/orders/streams.ts';

const DAY_MS = 86_400_000;
const at = (days: number) => new Date(START + days * DAY_MS).toISOString();
const lines = created().data.lines.map(({ sku }) => ({ sku, quantity: 1 }));
const requested = (returnId: string, days?: number): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId, lines, ...(days === undefined ? {} : { expectedUntil: at(days) }) },
});
const withdrawn = (returnId: string): OrderEvent => ({
  type: 'ReturnWithdrawn',
  data: { customerId: ANN, returnId, lines },
});

let dynamoDb: TestDynamoDb;
let store: PersonsStore;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());
beforeEach(async () => {
  store = await storedPersons(dynamoDb);
  await fillWithPersons(store);
});

const record = (orderId: OrderId, ...events: readonly OrderEvent[]) => store.record(orderId, recorded(orderId, events));
async function due(days: number): Promise<readonly OrderId[]> {
  const found: OrderId[] = [];
  for await (const orderId of store.due.by(at(days))) found.push(orderId);
  return found;
}
const expire = (days: number) =>
  expireReturns(
    { log: store.log, snapshots: store.snapshots, due: store.due, now: () => START + days * DAY_MS },
    Infinity,
  );
const expiredOf = async (orderId: OrderId) =>
  (await store.log.read(orderId)).flatMap(({ type, data }) => (type === 'ReturnExpired' ? [data.returnId] : []));

describe('A return that is expected until a day', () => {
  test('is due from then on, by the first of its order, the longest due first', async () => {
    await record(DELIVERED, requested('later', 40), requested('first', 30));
    await record(OF_BOB, requested('of Bob', 20));
    expect(await due(19.9)).toEqual([]);
    expect(await due(29.9)).toEqual([OF_BOB]);
    expect(await due(30)).toEqual([OF_BOB, DELIVERED]);
    await record(DELIVERED, withdrawn('first'));
    expect(await due(39.9)).toEqual([OF_BOB]);
    expect(await due(40)).toEqual([OF_BOB, DELIVERED]);
  });

  test('is never due when it waits for ever, and shows nothing of the index', async () => {
    await record(DELIVERED, requested('for ever'), requested('first', 30));
    expect(await store.deps.views.current(DELIVERED)).toEqual(await store.viewNow(DELIVERED));
    await record(DELIVERED, withdrawn('first'));
    expect(await due(10_000)).toEqual([]);
  });

  test('expires once, alone, and is not due any more when that is projected', async () => {
    await record(DELIVERED, requested('later', 40), requested('first', 30));
    await expire(31);
    await expire(31);
    expect(await expiredOf(DELIVERED)).toEqual(['first']);
    await store.project(await store.viewNow(DELIVERED));
    expect(await due(31)).toEqual([]);
    expect(await due(40)).toEqual([DELIVERED]);
  });
});
