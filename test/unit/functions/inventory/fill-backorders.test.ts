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
  });
  expect(await handle(sqsEvent(JSON.stringify(changed(...paths))), lambdaContext())).toEqual({ batchItemFailures: [] });
  expect((await inventory.find(ORDER_ID)).status).toBe(status);
});
