/** One case: an order on its way through the real sagas and steps, one fault, and what has to be true in the end. */
import { randomUUID } from 'node:crypto';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { VirtualTime } from '../fault/virtual/time.ts';
import { fixedConfiguration } from '../support/fakes/fixed-configuration.ts';
import { line, priced } from '../support/orders/streams.ts';
import { CustomersBank } from './customers-bank.ts';
import { wrongEnd } from './expected.ts';
import type { FaultName } from './faults.ts';
import { Injection } from './injection.ts';
import { brokenLaws } from './laws.ts';
import type { Method } from './methods/method.ts';
import type { Mutant } from './mutants.ts';
import type { Place } from './places.ts';
import type { Change, Moment, Situation } from './situations.ts';
import { handleParcel, nextOfParcel, Suppliers } from './warehouse.ts';
import { type Goods, SKU, World } from './world.ts';

export interface Tries {
  readonly situation: Situation;
  readonly method: Method;
  /** Without both, the situation runs without a fault. */
  readonly place?: Place | undefined;
  readonly fault?: FaultName | undefined;
  /** At which invocation of the place it happens first. @default 1 */
  readonly visit?: number | undefined;
  readonly mutant?: Mutant | undefined;
}

export interface Observed {
  /** What is wrong; empty when the case has passed. */
  readonly problems: readonly string[];
  /** The Tasks and consumers that were invoked. */
  readonly reached: readonly string[];
  /** Those of them that asked a partner. */
  readonly askingPartners: readonly string[];
  /** Those of them that did something, and at which of their invocations for the first time. */
  readonly effective: ReadonlyMap<string, number>;
  readonly stream: readonly RecordedOrderEvent[];
}

const UNITS: Readonly<Record<Change, number>> = { more: 3, fewer: 1, 'too many': 9 };
const WANTED: Goods = { [SKU]: 2 };
const STOCK: Goods = { [SKU]: 5 };
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 60_000;
/** Whatever an order waits for after some hours takes long. */
const SELDOM_MS = 600_000;
const LONG_MS = 3 * 3_600_000;
/** Nobody looks after an order that is younger. */
const ALONE_MS = 300_000;
const PATIENCE_MS = 2 * 24 * 3_600_000;
/** What comes after the end comes within it. */
const AFTERMATH_MS = 1_800_000;
const HELD_AT_MOST_MS = 1_800_000;
const HOLD_SECONDS = 900;
const ACTS_AFTER_MS = { pays: 4_000, 'pays late': 60_000, 'is refused': 4_000 } as const;

export async function runCase({ situation, method, place, fault, visit = 1, mutant }: Tries): Promise<Observed> {
  const time = new VirtualTime();
  const holds = situation.moments?.some(({ happens }) => happens === 'hold expires') === true;
  const inventory = { ...situation.settings, ...(holds && { reservationSeconds: HOLD_SECONDS }) };
  const configuration = fixedConfiguration({ inventory });
  const delivery = Promise.withResolvers<void>();
  let isHeld = false;
  const refused: string[] = [];

  const cancel = () => world.ask({ type: 'RequestCancellation', orderId: world.orderId, reason: 'customer_request' });
  const happen = async (happens: Moment['happens']): Promise<void> => {
    if (happens === 'cancellation') {
      const isTaken = await cancel();
      if (!isTaken && (await world.order()).status !== 'cancelled') {
        refused.push('The platform did not take the cancellation.');
      }
      return;
    }
    if (happens === 'goods come') return world.receive(situation.goodsCome ?? {});
    if (happens === 'hold expires') return injection.takePartnersAway(1_000 * HOLD_SECONDS + 60_000);
    const changeId = randomUUID();
    const items = priced([line(SKU, UNITS[happens])]);
    await world.ask({ type: 'ChangeItems', orderId: world.orderId, changeId, ...items }, changeId);
  };
  const injection = new Injection({
    time,
    fault: place && fault && { name: fault, state: place.state, visit },
    awayAt: situation.awayAt,
    before: async (state, visit) => {
      if (visit > 1) return;
      for (const { before, happens } of situation.moments ?? []) if (before === state) await happen(happens);
    },
    late: async () => {
      if (!isHeld) {
        isHeld = true;
        await cancel();
        void time.sleep(HELD_AT_MOST_MS).then(delivery.resolve);
      }
      await delivery.promise;
    },
  });
  const { stock = STOCK, wants = WANTED } = situation;
  const world = new World({ time, method, configuration, hooks: injection, stock, mutant });
  try {
    await world.place(method.paymentOf(situation.will)!, wants, situation.postalCode ?? '200000');
    const bank = new CustomersBank(world, situation);
    const problems = await lives(world, { situation, time, bank, deliver: delivery.resolve });
    const stream = await world.stream();
    const atRest = {
      stream,
      ...world.entries(),
      stock: world.stock(),
      waitsForGoods: await world.waitsForGoods(),
      running: world.running(),
      deadLetters: world.deadLetters(),
    };
    const tried = { situation, place, fault, struck: injection.struck, refundFailed: bank.hasActed };
    return {
      problems: [
        ...refused,
        ...problems,
        ...(fault === undefined || injection.struck ? [] : ['The fault has not happened.']),
        ...wrongEnd(tried, atRest),
        ...brokenLaws(atRest),
      ],
      reached: [...injection.visits.keys()],
      askingPartners: [...injection.askingPartners],
      effective: injection.effective,
      stream,
    };
  } finally {
    world.close();
  }
}

interface Life {
  readonly situation: Situation;
  readonly time: VirtualTime;
  readonly bank: CustomersBank;
  /** Lets go what is held back until the order is at rest. */
  readonly deliver: () => void;
}

/** Everybody does what they do until the order has come to its end, and for a while afterwards. */
async function lives(world: World, { situation, time, bank, deliver }: Life): Promise<string[]> {
  const begun = time.now();
  const deadline = begun + PATIENCE_MS;
  const customer = new Customer(world, situation, time);
  const suppliers = new Suppliers(world, situation, time);
  let restedAt: number | undefined;
  for (let lookMs = FIRST_LOOK_MS; time.now() < deadline; lookMs = nextLook(lookMs, time.now() - begun)) {
    await pass(time, lookMs);
    await customer.act();
    await suppliers.act();
    await handleParcel(world, situation);
    await bank.act();
    await world.look();
    if (time.now() > begun + ALONE_MS) {
      await world.sweep();
      await world.helpOut();
    }
    if (!(await isAtRest(world, situation))) {
      restedAt = undefined;
      continue;
    }
    restedAt ??= time.now();
    deliver();
    if (time.now() >= restedAt + AFTERMATH_MS) return [];
  }
  return ['It has not come to its end.'];
}

const nextLook = (lookMs: number, ageMs: number): number =>
  ageMs > LONG_MS ? SELDOM_MS : Math.min(lookMs * 1.3, LONGEST_LOOK_MS);

async function pass(time: VirtualTime, ms: number): Promise<void> {
  let isOver = false;
  void time.sleep(ms).then(() => {
    isOver = true;
  });
  await time.until(() => isOver, Number.POSITIVE_INFINITY);
}

async function isAtRest(world: World, situation: Situation): Promise<boolean> {
  const order = await world.order();
  const isEnd = ['processing', 'delivered', 'cancelled'].includes(order.status);
  const isLeft = order.itemsChange !== undefined || nextOfParcel(order, situation) !== undefined;
  return isEnd && !isLeft && world.running().length === 0;
}

/** Acts on a payment that waits for it, and cancels an order that has come so far. */
class Customer {
  readonly #world: World;
  readonly #situation: Situation;
  readonly #time: VirtualTime;
  #askedAt: number | undefined;
  #hasActed = false;
  #hasCancelled = false;

  constructor(world: World, situation: Situation, time: VirtualTime) {
    this.#world = world;
    this.#situation = situation;
    this.#time = time;
  }

  async act(): Promise<void> {
    const { orderId, till } = this.#world;
    const { will, cancelledOnce } = this.#situation;
    const order = await this.#world.order();
    if (order.status === cancelledOnce && !this.#hasCancelled) {
      this.#hasCancelled = true;
      await this.#world.ask({ type: 'RequestCancellation', orderId, reason: 'customer_request' });
    }
    if (this.#hasActed) return;
    if ((await this.#world.stream()).some(({ type }) => type === 'PaymentActionRequired')) {
      this.#askedAt ??= this.#time.now();
    }
    const isCancelled = order.status === 'cancelled';
    const afterMs = will === 'pays no more' ? ACTS_AFTER_MS.pays : will === 'leaves' ? undefined : ACTS_AFTER_MS[will];
    const isTime = this.#askedAt !== undefined && afterMs !== undefined && this.#time.now() >= this.#askedAt + afterMs;
    // Whoever comes back to a cancelled order tries to pay it, which the channel should refuse, or the platform give back.
    if (!isTime && !isCancelled) return;
    this.#hasActed = true;
    try {
      till.act(orderId, will === 'is refused' && !isCancelled ? 'fail' : 'pay', order.total);
    } catch {
      // The channel has nothing to be paid.
    }
  }
}
