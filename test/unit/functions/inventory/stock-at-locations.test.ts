import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeCheck } from '../../../../functions/inventory/check-availability.ts';
import { makeHandler as makeGet } from '../../../../functions/inventory/get-stock.ts';
import { makeHandler as makeHistory } from '../../../../functions/inventory/get-stock-history.ts';
import { makeHandler as makeMove } from '../../../../functions/inventory/move-stock.ts';
import { makeHandler as makeSetLimits } from '../../../../functions/inventory/set-stock-limits.ts';
import { bodyOf, customer } from '../../../support/api/invocations.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { SKU, stockEndpoints } from '../../../support/orders/stock-endpoints.ts';

let { stock, send } = stockEndpoints();
const receive = (quantity: number) => send(makeMove, { body: { type: 'receipt', quantity } });

describe('Stock at several locations', () => {
  const locations = { north: { priority: 1, active: true }, closed: { priority: 1, active: false } };
  const at = (location: string, units: number, forSale = units) => ({ location, available: units, forSale });
  const transfer = (quantity: number, from: string, to: string) =>
    send(makeMove, { body: { type: 'transfer', quantity, from, to, reference: 'TR-7' } });

  beforeEach(() => {
    const world = stockEndpoints();
    ({ stock, send } = world);
    world.deps.configuration = fixedConfiguration({ inventory: { locations } });
  });

  test('is shown at each, and is for sale where orders get goods from', async () => {
    await receive(3);
    await send(makeMove, { body: { type: 'receipt', quantity: 4, location: 'north' } });
    await send(makeMove, { body: { type: 'receipt', quantity: 5, location: 'closed' } });
    await send(makeSetLimits, { body: { safetyStock: 1, location: 'north', reason: 'Thieves.' } });
    expect(bodyOf(await send(makeGet))).toMatchObject({
      available: 12,
      forSale: 6,
      safetyStock: 1,
      locations: [{ ...at('closed', 5, 0), active: false }, at('main', 3), { ...at('north', 4, 3), safetyStock: 1 }],
    });
    const cart = await send(makeCheck, { body: { items: [{ sku: SKU, quantity: 9 }] }, caller: customer() });
    expect(bodyOf(cart)).toMatchObject({ complete: false, items: [{ available: 6 }] });
  });

  test('goes from one to another, which its history says', async () => {
    await receive(3);
    const answer = await transfer(2, 'main', 'closed');
    expect(answer.statusCode).toBe(201);
    expect(bodyOf(answer)).toMatchObject({ available: 3, forSale: 1, locations: [at('closed', 2, 0), at('main', 1)] });
    const { events } = bodyOf(await send(makeHistory)) as { events: unknown[] };
    const data = { quantity: 2, from: 'main', to: 'closed', reference: 'TR-7' };
    expect(events.at(-1)).toMatchObject({ type: 'StockTransferred', data, actor: { id: 'O1' } });
    expect((await transfer(2, 'main', 'north')).statusCode).toBe(422);
  });

  test('keeps the threshold of the article when a safety stock is set at one', async () => {
    await receive(3);
    const limits = (body: object) => send(makeSetLimits, { body: { reason: 'Thieves.', ...body } });
    await limits({ safetyStock: 0, lowStockThreshold: 2 });
    expect(bodyOf(await limits({ safetyStock: 1, location: 'main' }))).toMatchObject({
      lowStockThreshold: 2,
      forSale: 2,
    });
    expect(bodyOf(await limits({ safetyStock: 1 }))).not.toHaveProperty('lowStockThreshold');
  });

  test.each([
    ['that the shop does not have', { type: 'receipt', quantity: 1, location: 'south' }, 422],
    ['with a name that none can have', { type: 'receipt', quantity: 1, location: 'North Hall' }, 400],
    ['that is the same twice', { type: 'transfer', quantity: 1, from: 'main', to: 'main' }, 400],
    ['that units are not said to leave', { type: 'transfer', quantity: 1, to: 'main' }, 400],
  ])('is not changed at a location %s', async (_, body, status) => {
    await receive(3);
    const answer = await send(makeMove, { body });
    expect(answer.statusCode).toBe(status);
    if (status === 422) {
      expect(bodyOf(answer)['detail']).toBe(
        'The shop has no location south; expected one of: main, north, closed. They are in the setting inventory.locations.',
      );
    }
    expect(await stock.find(SKU as never)).toMatchObject({ available: 3, version: 1 });
  });
});
