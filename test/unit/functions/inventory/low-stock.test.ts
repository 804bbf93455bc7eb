import '../../../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkLowStock } from '../../../../functions/inventory/application/check-low-stock.ts';
import { moveStock } from '../../../../functions/inventory/application/move-stock.ts';
import { setStockLimits } from '../../../../functions/inventory/application/set-limits.ts';
import type { StockMovement } from '../../../../functions/inventory/domain/stock-events.ts';
import { makeHandler as makeList } from '../../../../functions/inventory/list-stock.ts';
import type { CorrelationId, Sku } from '../../../../functions/shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../../../functions/shared/kernel/location.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { InMemoryInventory } from '../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryStock } from '../../../support/fakes/in-memory-stock.ts';
import { START } from '../../../support/orders/streams.ts';

const CUP = 'CUP' as Sku;
let stock: InMemoryStock;

const locations = async () => [DEFAULT_LOCATION];
const deps = () => ({ stock, watched: stock, now: () => START, newId: () => randomUUID(), locations });
const origin = () => ({
  id: randomUUID(),
  correlationId: 'request-1' as CorrelationId,
  causationId: 'request-1',
  actor: { type: 'operator', id: 'O1' } as const,
});
const move = (movement: StockMovement, sku = CUP) => moveStock(deps(), sku, movement, origin());
const receive = (quantity: number, sku = CUP) => move({ type: 'StockReceived', data: { quantity } }, sku);
const lose = (quantity: number) => move({ type: 'StockDamaged', data: { quantity, reason: 'lost' } });
const limits = (safetyStock: number, lowStockThreshold?: number, sku = CUP) =>
  setStockLimits(
    deps(),
    sku,
    { safetyStock, ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }), reason: 'It sells fast.' },
    origin(),
  );
const check = () => checkLowStock(deps());
const told = async () =>
  (await stock.log.read(CUP))
    .filter(({ type }) => type === 'StockLow' || type === 'StockRecovered')
    .map(({ type, data, actor }) => ({ type, data, by: actor.id }));
const by = 'CheckLowStock';

beforeEach(() => {
  stock = new InMemoryStock(new InMemoryInventory(new InMemoryOrderLog()));
});

describe('Of an article with a threshold', () => {
  beforeEach(async () => {
    await receive(10);
    await limits(2, 3);
  });

  test('people are told once when no more units can be sold than that', async () => {
    await check();
    expect(await told()).toEqual([]);
    await lose(5);
    expect([await check(), await check()]).toEqual([[CUP], []]);
    expect(await told()).toEqual([{ type: 'StockLow', data: { available: 3, threshold: 3 }, by }]);
    await lose(1);
    expect(await check()).toEqual([]);
  });

  test('people are told again when it went up and comes down once more', async () => {
    await lose(5);
    await check();
    await receive(1);
    expect([await check(), await check()]).toEqual([[CUP], []]);
    await lose(1);
    await check();
    expect(await told()).toEqual([
      { type: 'StockLow', data: { available: 3, threshold: 3 }, by },
      { type: 'StockRecovered', data: { available: 4, threshold: 3 }, by },
      { type: 'StockLow', data: { available: 3, threshold: 3 }, by },
    ]);
  });

  test('people are told when the threshold goes beyond what there is, and of nothing when there is none any more', async () => {
    await limits(2, 8);
    expect(await check()).toEqual([CUP]);
    await limits(2);
    await lose(8);
    expect(await check()).toEqual([]);
    expect(await stock.find(CUP)).toMatchObject({ low: false });
  });
});

test('Of an article without a threshold people are told nothing', async () => {
  await receive(1);
  await lose(1);
  expect(await check()).toEqual([]);
});

test('More articles than one read takes are all looked at', async () => {
  const skus = Array.from({ length: 230 }, (_, index) => `CUP-${String(index).padStart(3, '0')}` as Sku);
  for (const sku of skus) {
    await receive(1, sku);
    await limits(0, 1, sku);
  }
  expect([...(await check())].sort()).toEqual(skus);
});

describe('The list of articles of which there is little', () => {
  const list = async (query: Readonly<Record<string, string>>, caller = operator('stock:read')) =>
    makeList({ stock, watched: stock, configuration: fixedConfiguration() })(
      apiEvent({ path: '/api/v1/stock', query, caller }),
      lambdaContext(),
    );

  test('has them by SKU, page by page, with their units', async () => {
    for (const sku of ['A', 'B', 'C', 'D'] as Sku[]) {
      await receive(2, sku);
      await limits(0, sku === 'B' ? 1 : 2, sku);
    }
    await check();
    const first = bodyOf(await list({ low: 'true', limit: '2' }));
    const rest = bodyOf(await list({ low: 'true', limit: '2', cursor: String(first['next']) }));
    expect(first['items']).toMatchObject([
      { sku: 'A', forSale: 2, lowStockThreshold: 2, low: true },
      { sku: 'C', low: true },
    ]);
    expect(rest['items']).toMatchObject([{ sku: 'D' }]);
    expect(rest).not.toHaveProperty('next');
  });

  test.each([[{}], [{ low: 'false' }], [{ low: 'true', limit: '0' }], [{ low: 'true', cursor: 'x' }]])(
    'is refused for %j',
    async (query) => {
      expect((await list(query)).statusCode).toBe(400);
    },
  );

  test('is for operators', async () => {
    expect((await list({ low: 'true' }, customer() as never)).statusCode).toBe(403);
  });
});
