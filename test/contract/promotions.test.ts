/** The contract of every store of promotions. */

import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbPromotions } from '../../functions/orders/adapters/dynamodb-promotions.ts';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import type { Promotions } from '../../functions/orders/application/ports.ts';
import { BrokenPromotion } from '../../functions/orders/domain/errors.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryPromotions } from '../support/fakes/in-memory-promotions.ts';

type PromotionRecord = Readonly<Record<string, unknown>>;
interface Store {
  readonly promotions: Promotions;
  put(record: PromotionRecord): Promise<void>;
}

const PROMOTIONS = ownTable('promotions');
let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(PROMOTIONS, ORDER_TABLES.promotions);
  db = DynamoDBDocumentClient.from(dynamoDb.client);
});

afterAll(() => dynamoDb?.close());

const inMemory = (): Store => {
  const promotions = new InMemoryPromotions();
  return { promotions, put: async (record) => promotions.put(record) };
};
const onDynamoDb = (): Store => ({
  promotions: new DynamoDbPromotions(db, PROMOTIONS),
  put: async (record) => void (await db.send(new PutCommand({ TableName: PROMOTIONS, Item: record }))),
});

const newCode = () => `CODE-${randomUUID().slice(0, 8).toUpperCase()}`;
const fiveOff = { type: 'fixed', amount: { amount: 500, currency: 'CNY' } };

describe.each([
  ['in memory', inMemory],
  ['DynamoDB', onDynamoDb],
] as const)('Promotions: %s', (_, open) => {
  let store: Store;
  beforeEach(() => {
    store = open();
  });

  test('finds each rule as it was written, at any depth of nesting', async () => {
    const rules = [
      { type: 'percentage', basisPoints: 1_500, skus: ['MUG-BLUE'] },
      fiveOff,
      { type: 'buy-x-get-y', buy: 2, get: 1, skus: ['MUG-BLUE', 'MUG-RED'] },
      {
        type: 'conditional',
        condition: { type: 'minimum-subtotal', amount: { amount: 100_000, currency: 'CNY' } },
        discount: fiveOff,
      },
      { type: 'conditional', condition: { type: 'minimum-quantity', quantity: 3, skus: ['PEN'] }, discount: fiveOff },
      {
        type: 'composed',
        mode: 'all',
        discounts: [
          { type: 'composed', mode: 'best', discounts: [fiveOff, { type: 'percentage', basisPoints: 10_000 }] },
          { type: 'conditional', condition: { type: 'contains-sku', sku: 'GRINDER' }, discount: fiveOff },
        ],
      },
    ];
    const records = rules.map((rule) => ({ code: newCode(), name: 'A promotion', rule }));
    for (const record of records) await store.put(record);
    const found = await store.promotions.find(records.map(({ code }) => code));
    expect(records.map(({ code }) => found.get(code))).toEqual(records);
  });

  test('reads its period as moments in time, from any time zone', async () => {
    const code = newCode();
    await store.put({
      code,
      name: 'A promotion',
      rule: fiveOff,
      validFrom: '2026-11-27T00:00:00+08:00',
      validUntil: '2026-11-30T00:00:00.000Z',
    });
    const found = (await store.promotions.find([code])).get(code);
    expect(found).toMatchObject({ validFrom: Date.UTC(2026, 10, 26, 16), validUntil: Date.UTC(2026, 10, 30) });
  });

  test('leaves out codes that do not exist', async () => {
    const code = newCode();
    await store.put({ code, name: 'A promotion', rule: fiveOff });
    expect([...(await store.promotions.find([code, newCode()])).keys()]).toEqual([code]);
  });

  const broken: readonly (readonly [string, PromotionRecord, RegExp])[] = [
    ['more than everything off', { rule: { type: 'percentage', basisPoints: 10_001 } }, /rule\.basisPoints/],
    ['a surcharge', { rule: { type: 'fixed', amount: { amount: -500, currency: 'CNY' } } }, /rule\.amount\.amount/],
    ['half a fen off', { rule: { type: 'fixed', amount: { amount: 0.5, currency: 'CNY' } } }, /rule\.amount\.amount/],
    ['an unknown rule', { rule: { type: 'free-shipping' } }, /rule\.type/],
    ['a misspelt scope', { rule: { ...fiveOff, sku: 'PEN' } }, /rule: .*sku/],
    ['an empty scope', { rule: { ...fiveOff, skus: [] } }, /rule\.skus/],
    ['nothing composed', { rule: { type: 'composed', mode: 'best', discounts: [] } }, /rule\.discounts/],
    [
      'a fault within',
      { rule: { type: 'composed', mode: 'all', discounts: [fiveOff, { type: 'buy-x-get-y', buy: 2, get: 0 }] } },
      /rule\.discounts\.1\.get/,
    ],
    ['no name', { rule: fiveOff, name: undefined }, /name/],
    ['a day without a time zone', { rule: fiveOff, validFrom: '2026-11-27' }, /validFrom/],
    [
      'an end before its beginning',
      { rule: fiveOff, validFrom: '2026-11-27T00:00:00Z', validUntil: '2026-11-26T00:00:00Z' },
      /ends before it begins/,
    ],
  ];
  test.each(broken)(
    'gives no promotion with %s, but says which one is broken and where',
    async (_fault, parts, said) => {
      const code = newCode();
      const { name = 'A promotion', ...rest } = parts;
      await store.put('name' in parts ? { code, ...rest } : { code, name, ...rest });
      const fault = await store.promotions.find([code]).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(BrokenPromotion);
      expect((fault as BrokenPromotion).message).toContain(code);
      expect((fault as BrokenPromotion).message).toMatch(said);
    },
  );
});
