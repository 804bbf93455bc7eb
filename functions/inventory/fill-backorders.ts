import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type { OrderLog } from '../published/order-log.ts';
import { configurationSource, newestConfiguration } from '../shared/configuration/deployed.ts';
import { queueConsumer } from '../shared/edge/consumer.ts';
import type { OrderId, Sku } from '../shared/kernel/ids.ts';
import { parseSku } from '../shared/kernel/ids.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { type FillDeps, fillBackorders } from './application/fill-backorders.ts';
import { backorders, deployedInventory } from './composition.ts';

const changed = z.object({ data: z.object({ differences: z.array(z.object({ path: z.string() })) }) });
/**
 * An event of an article, of an order that may have given units back, or of settings. Who forges one has the platform look, and nothing else.
 */
const message = z.object({
  detail: z.union([z.object({ sku: z.string().transform(parseSku) }), stepInput, changed]),
});
/** At a location that becomes active, or is there again, there may be goods. */
const LOCATIONS = 'inventory.locations';

interface Deps extends FillDeps {
  /** As they are by now, whatever this function instance knows. */
  readonly newestSettings: FillDeps['settings'];
}

/** Goods have come, are free again, or can be sold now: reserves them for the orders that wait for them. */
export const makeHandler = ({ newestSettings, ...deps }: Deps) =>
  queueConsumer(message, async ({ detail }) => {
    if ('data' in detail) {
      if (!detail.data.differences.some(({ path }) => path.startsWith(LOCATIONS))) return;
      for (const sku of await deps.backorders.articles()) {
        await fillBackorders({ ...deps, settings: newestSettings }, sku);
      }
      return;
    }
    const skus = 'sku' in detail ? [detail.sku] : await articlesOf(deps.log, detail.orderId);
    for (const sku of skus) await fillBackorders(deps, sku);
  });

/** All articles that the order has had, as a change of its items says which it has, and not which it had before. */
async function articlesOf(log: OrderLog, orderId: OrderId): Promise<readonly Sku[]> {
  const stream = await log.read(orderId);
  const lines = stream.flatMap(({ type, data }) =>
    type === 'OrderCreated' || type === 'ItemsChanged' ? data.lines : [],
  );
  return [...new Set(lines.map(({ sku }) => sku))];
}

export const handler: SQSHandler = makeHandler({
  ...deployedInventory(),
  backorders: backorders(),
  settings: async () => (await configurationSource().current()).inventory,
  newestSettings: async () => (await newestConfiguration()).inventory,
});
