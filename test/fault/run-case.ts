/** One case: orders come in, something goes away and comes back, and then the books are looked at. */
import { differencesIn } from './books.ts';
import type { Case } from './cases.ts';
import { type PlannedOrder, planOrders } from './load.ts';
import { endsOf, type Outcome, type Result } from './outcome.ts';
import type { FaultyPlatform, LoadedPlatform } from './platform.ts';
import { type Random, seeded } from './random.ts';
import { Watch } from './watch.ts';

export interface Load {
  /** Orders come in for so long before and after the outage, and all through it. */
  readonly marginSeconds: number;
  readonly perSecond: number;
}

/** How long the platform may take for what is left when the outage is over. */
const PATIENCE_MS = 600_000;
/** And for the orders that nobody can help, after their customers cancel them. */
const LAST_PATIENCE_MS = 180_000;
const POLL_MS = 250;

/** What happens to a platform while orders come in. */
export interface Trouble {
  /** About how long it takes. */
  readonly seconds: number;
  readonly happen: (random: Random) => Promise<void>;
}

export async function runCase(platform: FaultyPlatform, given: Case, load: Load, seed: number): Promise<Outcome> {
  let callsWhileDown = 0;
  const happen = async (random: Random): Promise<void> => {
    await outage(platform, given, random);
    callsWhileDown = platform.callsWhileDown();
  };
  const result = await runLoad(platform, { seconds: given.seconds, happen }, load, seed);
  return { ...result, case: given, callsWhileDown };
}

/** Orders of every kind come in before, during and after the trouble. Resolves when all have come to rest, or patience ends. */
export async function runLoad(platform: LoadedPlatform, trouble: Trouble, load: Load, seed: number): Promise<Result> {
  const random = seeded(seed);
  const marginMs = 1_000 * load.marginSeconds;
  const plan = planOrders(random, { seconds: trouble.seconds + 2 * load.marginSeconds, perSecond: load.perSecond });
  const watch = new Watch(platform);
  let isOver = false;
  const lives = Promise.all(plan.map((order) => live(order, platform, watch, () => isOver)));
  const watching = watch.until(() => isOver, Number.POSITIVE_INFINITY);

  await platform.sleep(marginMs);
  await trouble.happen(random);
  const recoveredAt = platform.now();

  await Promise.race([lives, platform.sleep(marginMs + PATIENCE_MS)]);
  isOver = true;
  await Promise.all([lives, watching]);
  await watch.until(() => watch.restless().every(({ kind }) => kind.hopeless), PATIENCE_MS);
  const recoverySeconds = secondsTo(lastRest(watch, recoveredAt), recoveredAt);
  await cancelHopeless(platform, watch);
  await watch.until(() => watch.restless().length === 0, LAST_PATIENCE_MS);

  const [gateway, carrier] = await platform.ledgers();
  return {
    seed,
    orders: watch.orders.length,
    ends: endsOf(watch.orders),
    recoverySeconds,
    mostTransitions: await platform.mostTransitions(),
    restless: watch
      .restless()
      .map(({ orderId, kind }) => `${orderId} (${kind.name}) is ${watch.state(orderId)?.status}`),
    differences: differencesIn({ orders: watch.orders, stock: await platform.stock(), gateway, carrier }),
  };
}

/** When the last of the orders that the outage met came to rest, in milliseconds since the epoch. */
function lastRest(watch: Watch, recoveredAt: number): number {
  const times = watch.orders
    .filter(({ kind }) => !kind.hopeless)
    .map(({ events }) => ({
      placedAt: Date.parse(events[0]!.occurredAt),
      restedAt: Date.parse(events.at(-1)!.occurredAt),
    }))
    .filter(({ placedAt }) => placedAt < recoveredAt);
  return Math.max(recoveredAt, ...times.map(({ restedAt }) => restedAt));
}

const secondsTo = (at: number, from: number): number => (at - from) / 1_000;

/** Places an order, and does what its customer and the operators do afterwards. */
async function live(order: PlannedOrder, platform: LoadedPlatform, watch: Watch, isOver: () => boolean): Promise<void> {
  await platform.sleep(order.atMs);
  const orderId = await platform.place(order, isOver);
  if (orderId === undefined) return;
  watch.kinds.set(orderId, order.kind);
  for (const { command, once, afterMs } of order.steps) {
    while (once !== undefined && watch.state(orderId)?.status !== once) {
      if (isOver() || watch.state(orderId)?.status === 'cancelled') return;
      await platform.sleep(POLL_MS);
    }
    await platform.sleep(afterMs);
    if (!(await platform.send(orderId, command, isOver))) return;
  }
}

async function outage(platform: FaultyPlatform, given: Case, random: Random): Promise<void> {
  const { seconds, kills } = given;
  await platform.fail(given);
  const over = platform.sleep(1_000 * seconds);
  for (let kill = 0; kill < kills; kill += 1) {
    await platform.sleep((1_000 * seconds * random()) / kills);
    await platform.killAndRestart();
  }
  await over;
  await platform.recover();
}

async function cancelHopeless(platform: LoadedPlatform, watch: Watch): Promise<void> {
  const deadline = platform.now() + LAST_PATIENCE_MS;
  const hopeless = watch.restless().filter(({ kind }) => kind.hopeless);
  await Promise.all(hopeless.map(({ orderId }) => platform.send(orderId, 'cancel', () => platform.now() > deadline)));
}
