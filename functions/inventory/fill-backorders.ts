import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import type { OrderLog } from '../published/order-log.ts';
import { configurationSource, newestConfiguration } from '../shared/configuration/deployed.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { queueConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import type { OrderId, Sku } from '../shared/kernel/ids.ts';
import { parseSku } from '../shared/kernel/ids.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { type FillDeps, fillBackorders, fillFor, type Look } from './application/fill-backorders.ts';
import { backorders, deployedInventory } from './composition.ts';

const changed = z.object({ data: z.object({ differences: z.array(z.object({ path: z.string() })) }) });
/**
 * An event of an article, of an order that may have given units back or has begun to wait, or of settings; or nothing in particular. Who forges
 * one has the platform look, and nothing else.
 */
const message = z.object({
  detail: z.union([
    z.object({ sku: z.string().transform(parseSku) }),
    stepInput.extend({ type: z.string().optional() }),
    changed,
    z.strictObject({}),
  ]),
});
/** At a location that becomes active, or is there again, there may be goods. */
const LOCATIONS = 'inventory.locations';
/** So often a look that failed is repeated as it is, before it goes on past the orders that fail. */
const PATIENT_ATTEMPTS = 4;

interface Deps extends FillDeps {
  /** As they are by now, whatever this function instance knows. */
  readonly newestSettings: FillDeps['settings'];
  readonly backOff: BackOff;
}

/**
 * Goods have come, are free again, or can be sold now: reserves them for the orders that wait for them. A message about nothing in particular comes
 * from a schedule, for what no event has brought about.
 */
export const makeHandler = ({ newestSettings, backOff, ...deps }: Deps) =>
  queueConsumer(
    message,
    async ({ detail }, attempt) => {
      const look: Look = { goesOn: attempt > PATIENT_ATTEMPTS };
      const lookAt = async (skus: readonly Sku[], settings = deps.settings) => {
        for (const sku of skus) await fillBackorders({ ...deps, settings }, sku, look);
      };
      if ('data' in detail) {
        if (!detail.data.differences.some(({ path }) => path.startsWith(LOCATIONS))) return;
        await lookAt(await deps.backorders.articles(), newestSettings);
      } else if ('sku' in detail) await lookAt([detail.sku]);
      else if (!('orderId' in detail)) await lookAt(await deps.backorders.articles());
      else if (detail.type === 'OrderBackordered') await fillFor(deps, detail.orderId, look);
      else await lookAt(await articlesOf(deps.log, detail.orderId));
    },
    { backOff },
  );

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
  backOff: queueBackOff(readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() })).RETRY_QUEUE_URL),
});
