import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeCheck } from '../../../../functions/inventory/check-availability.ts';
import { makeHandler as makeGet } from '../../../../functions/inventory/get-stock.ts';
import { makeHandler as makeHistory } from '../../../../functions/inventory/get-stock-history.ts';
import { makeHandler as makeMove } from '../../../../functions/inventory/move-stock.ts';
import { makeHandler as makeSetLimits } from '../../../../functions/inventory/set-stock-limits.ts';
import { bodyOf, customer, operator } from '../../../support/api/invocations.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { inMemoryIdempotency } from '../../../support/fakes/in-memory-idempotency.ts';
import { PATH, type SentToStock, SKU, stockEndpoints } from '../../../support/orders/stock-endpoints.ts';

let { deps, stock, send } = stockEndpoints();
const receive = (quantity: number, more: SentToStock = {}) =>
  send(makeMove, { body: { type: 'receipt', quantity, reference: 'PO-1' }, ...more });

beforeEach(() => {
  ({ deps, stock, send } = stockEndpoints());
});

describe('A movement of stock', () => {
  test('is answered 201 with the stock afterwards', async () => {
    const answer = await receive(40);
    expect(answer.statusCode).toBe(201);
    const counts = { available: 40, forSale: 40, safetyStock: 0, reserved: 0, sold: 0, damaged: 0, received: 40 };
    expect(bodyOf(answer)).toEqual({
      sku: SKU,
      ...counts,
      locations: [{ location: 'main', active: true, ...counts }],
      links: { self: PATH, history: `${PATH}/history` },
    });
    expect(bodyOf(await send(makeGet))).toEqual(bodyOf(answer));
  });

  test('has one effect under one key', async () => {
    const headers = { 'Idempotency-Key': 'key-1' };
    const [first, again] = [await receive(40, { headers }), await receive(40, { headers })];
    expect(bodyOf(again)).toEqual(bodyOf(first));
    expect(again.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
    expect((await receive(41, { headers })).statusCode).toBe(422);
  });

  test('has one effect under one key also when its answer was lost', async () => {
    const headers = { 'Idempotency-Key': 'key-1' };
    await receive(40, { headers });
    deps.idempotency = inMemoryIdempotency();
    expect(bodyOf(await receive(40, { headers }))).toMatchObject({ available: 40 });
  });

  test('is in the history with its actor and its reason, page by page', async () => {
    await receive(40);
    await send(makeMove, { body: { type: 'correction', quantity: -2, reason: 'Counted.' } });
    await send(makeMove, { body: { type: 'damage', quantity: 1, reason: 'expired' } });
    const first = bodyOf(await send(makeHistory, { query: { limit: '2' } }));
    const rest = bodyOf(await send(makeHistory, { query: { limit: '2', cursor: String(first['next']) } }));
    const events = [first, rest].flatMap(
      ({ events: page }) => page as { type: string; data: unknown; actor: unknown }[],
    );
    expect(events.map(({ type, data, actor }) => ({ type, data, actor }))).toEqual([
      { type: 'StockReceived', data: { quantity: 40, reference: 'PO-1' }, actor: { type: 'operator', id: 'O1' } },
      { type: 'StockCorrected', data: { quantity: -2, reason: 'Counted.' }, actor: { type: 'operator', id: 'O1' } },
      { type: 'StockDamaged', data: { quantity: 1, reason: 'expired' }, actor: { type: 'operator', id: 'O1' } },
    ]);
    expect(rest).not.toHaveProperty('next');
  });

  test.each([
    ['of more units than there are', { type: 'damage', quantity: 41, reason: 'lost' }, 422],
    ['of no unit', { type: 'correction', quantity: 0, reason: 'Counted.' }, 400],
    ['without its reason', { type: 'correction', quantity: 1 }, 400],
    ['of a kind that there is not', { type: 'theft', quantity: 1 }, 400],
    ['of a fraction', { type: 'receipt', quantity: 0.5 }, 400],
  ])('%s is refused, and changes nothing', async (_, body, status) => {
    await receive(40);
    expect((await send(makeMove, { body })).statusCode).toBe(status);
    expect(await stock.find(SKU as never)).toMatchObject({ available: 40, version: 1 });
  });

  test('is for operators with the scope', async () => {
    expect((await receive(1, { caller: operator('stock:read') })).statusCode).toBe(403);
    expect((await receive(1, { caller: customer() })).statusCode).toBe(403);
  });
});

describe('The limits of an article', () => {
  const limits = (body: object, more: SentToStock = {}) => send(makeSetLimits, { body, ...more });

  test('are answered 200 with the stock, and are in its history with their reason', async () => {
    await receive(40);
    const answer = await limits({ safetyStock: 5, lowStockThreshold: 10, reason: 'Thieves.' });
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toMatchObject({
      available: 40,
      forSale: 35,
      safetyStock: 5,
      lowStockThreshold: 10,
      low: false,
    });
    expect(bodyOf(await send(makeHistory))).toMatchObject({
      events: [
        {},
        {
          type: 'StockLimitsSet',
          actor: { id: 'O1' },
          data: { safetyStock: 5, lowStockThreshold: 10, reason: 'Thieves.' },
        },
      ],
    });
  });

  test('are those of all articles until they are set', async () => {
    deps.configuration = fixedConfiguration({ inventory: { safetyStock: 2, lowStockThreshold: 3 } });
    expect(bodyOf(await receive(40))).toMatchObject({ forSale: 38, safetyStock: 2, lowStockThreshold: 3 });
    await limits({ safetyStock: 0, reason: 'It is in the shop window.' });
    const answer = bodyOf(await receive(1));
    expect(answer).toMatchObject({ forSale: 41, safetyStock: 0 });
    expect(answer).not.toHaveProperty('lowStockThreshold');
  });

  test.each([
    ['below zero', { safetyStock: -1, reason: 'Thieves.' }, 400],
    ['without their reason', { safetyStock: 1 }, 400],
    ['with something else', { safetyStock: 1, reason: 'Thieves.', sold: 3 }, 400],
  ])('%s are refused, and change nothing', async (_, body, status) => {
    await receive(40);
    expect((await limits(body)).statusCode).toBe(status);
    expect(await stock.find(SKU as never)).toMatchObject({ safetyStock: 0, version: 1 });
  });

  test('are for operators with the scope, of articles that have stock', async () => {
    const body = { safetyStock: 1, reason: 'Thieves.' };
    expect((await limits(body)).statusCode).toBe(404);
    expect((await limits(body, { caller: operator('stock:read') })).statusCode).toBe(403);
    expect((await limits(body, { caller: customer() })).statusCode).toBe(403);
  });

  test('leave to customers what is not kept', async () => {
    await receive(3);
    await limits({ safetyStock: 2, reason: 'Thieves.' });
    const answer = await send(makeCheck, { body: { items: [{ sku: SKU, quantity: 2 }] }, caller: customer() });
    expect(bodyOf(answer)).toMatchObject({ complete: false, items: [{ available: 1 }] });
  });
});

test.each(['NEVER-HAD-ANY', '..', 'ü'])('The stock of %s is not found', async (sku) => {
  expect((await send(makeGet, { sku })).statusCode).toBe(404);
  expect((await send(makeMove, { sku, body: { type: 'damage', quantity: 1, reason: 'lost' } })).statusCode).toBe(404);
});

describe('Availability', () => {
  const ask = (...items: readonly { sku: string; quantity: number }[]) =>
    send(makeCheck, { body: { items }, caller: customer() });

  test('of a cart says how much there is of each article, and not how much more', async () => {
    await receive(3);
    const answer = await ask({ sku: SKU, quantity: 2 }, { sku: 'SOLD-OUT', quantity: 1 });
    expect(bodyOf(answer)).toEqual({
      complete: false,
      items: [
        { sku: SKU, quantity: 2, available: 2 },
        { sku: 'SOLD-OUT', quantity: 1, available: 0 },
      ],
    });
    expect(bodyOf(await ask({ sku: SKU, quantity: 3 }))).toMatchObject({ complete: true });
    expect(bodyOf(await ask({ sku: SKU, quantity: 4 }))).toMatchObject({
      complete: false,
      items: [{ available: 3 }],
    });
  });

  test('of a cart with an article twice, or with none, is not answered', async () => {
    expect((await ask({ sku: SKU, quantity: 1 }, { sku: SKU, quantity: 1 })).statusCode).toBe(400);
    expect((await ask()).statusCode).toBe(400);
  });
});
