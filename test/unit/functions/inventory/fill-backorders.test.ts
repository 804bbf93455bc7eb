import '../../../support/platform/function-environment.ts';
import { expect, test } from 'vitest';
import { makeHandler } from '../../../../functions/inventory/fill-backorders.ts';
import { DEFAULT_CONFIGURATION } from '../../../../functions/shared/configuration/document.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryInventory } from '../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { created, line, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const { sku } = line();
const changed = (...paths: readonly string[]) => ({
  'detail-type': 'ConfigurationChanged',
  detail: { type: 'ConfigurationChanged', data: { version: 2, differences: paths.map((path) => ({ path })) } },
});

test.each([
  ['that opens a location', ['limiter.callers', 'inventory.locations.north.active'], 'held'],
  ['of other settings', ['limiter.callers', 'inventory.allocation'], 'backordered'],
])('A change %s has orders that wait for goods filled by the settings of now: %j', async (_, paths, status) => {
  const log = await InMemoryOrderLog.of(streamOf([created([line()])], ORDER_ID));
  const inventory = new InMemoryInventory(log);
  await inventory.backorder(ORDER_ID, { awaits: sku, orderedAt: new Date(START).toISOString() });
  inventory.stock(sku, 5);
  const handle = makeHandler({
    log,
    inventory,
    backorders: inventory,
    now: () => START,
    // What this function instance still knows: no location is active.
    settings: async () => ({ ...DEFAULT_CONFIGURATION.inventory, locations: {} }),
    newestSettings: async () => DEFAULT_CONFIGURATION.inventory,
    backOff: async () => {},
  });
  expect(await handle(sqsEvent(JSON.stringify(changed(...paths))), lambdaContext())).toEqual({ batchItemFailures: [] });
  expect((await inventory.find(ORDER_ID)).status).toBe(status);
});

/** Has the message handled while an order waits for goods that are there. */
async function looked(message: object) {
  const log = await InMemoryOrderLog.of(streamOf([created([line()])], ORDER_ID));
  const inventory = new InMemoryInventory(log);
  await inventory.backorder(ORDER_ID, { awaits: sku, orderedAt: new Date(START).toISOString() });
  inventory.stock(sku, 5);
  const settings = async () => DEFAULT_CONFIGURATION.inventory;
  const backOff = async () => {};
  const handle = makeHandler({
    ...{ log, inventory, backorders: inventory, now: () => START, settings, newestSettings: settings, backOff },
  });
  const answer = await handle(sqsEvent(JSON.stringify(message)), lambdaContext());
  return { answer, status: (await inventory.find(ORDER_ID)).status };
}

test('At intervals goods are looked for on behalf of all orders that wait, whatever event was lost', async () => {
  const scheduled = { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} };
  expect(await looked(scheduled)).toEqual({ answer: { batchItemFailures: [] }, status: 'held' });
});

test('An order that has begun to wait gets what came the moment before', async () => {
  const begun = { detail: { type: 'OrderBackordered', orderId: ORDER_ID, data: { lines: [] } } };
  expect(await looked(begun)).toEqual({ answer: { batchItemFailures: [] }, status: 'held' });
});

test('A message that says nothing goes back to its queue', async () => {
  const { answer, status } = await looked({ detail: { other: 1 } });
  expect(answer.batchItemFailures).toHaveLength(1);
  expect(status).toBe('backordered');
});
