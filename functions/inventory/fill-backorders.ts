import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type { OrderLog } from '../published/order-log.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { queueConsumer } from '../shared/edge/consumer.ts';
import type { OrderId, Sku } from '../shared/kernel/ids.ts';
import { parseSku } from '../shared/kernel/ids.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { type FillDeps, fillBackorders } from './application/fill-backorders.ts';
import { backorders, deployedInventory } from './composition.ts';

/** An event of an article, or of an order that may have given units back. Who forges one has the platform look, and nothing else. */
const message = z.object({
  detail: z.union([z.object({ sku: z.string().transform(parseSku) }), stepInput]),
});

/** Goods have come, or are free again: reserves them for the orders that wait for them. */
export const makeHandler = (deps: FillDeps) =>
  queueConsumer(message, async ({ detail }) => {
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
});
