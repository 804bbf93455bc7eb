/** The whole platform in memory: real definitions, steps and consumers, simulated partners, and a clock that jumps. */
import { dispatch } from '../../../functions/orders/application/command-bus.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import { ORDER, type OrderStream } from '../../../functions/published/order-log.ts';
import { WaybillError } from '../../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { carrierRoutes } from '../../../partners/carrier/server.ts';
import { Clock } from '../../../partners/payment-gateway/clock.ts';
import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { fixedConfiguration } from '../../support/fakes/fixed-configuration.ts';
import { InMemoryInventory } from '../../support/fakes/in-memory-inventory.ts';
import { InMemoryPartnerStore } from '../../support/fakes/in-memory-partner-store.ts';
import { InMemorySnapshots } from '../../support/fakes/in-memory-snapshots.ts';
import { InMemoryStock } from '../../support/fakes/in-memory-stock.ts';
import { InMemoryTimers } from '../../support/fakes/in-memory-timers.ts';
import { InMemoryWaits } from '../../support/fakes/in-memory-waits.ts';
import { CUSTOMER_ID, created, line, newEvent } from '../../support/orders/streams.ts';
import type { LedgerEntry } from '../../support/platform/partners.ts';
import { testContext } from '../../support/runtime/service-context.ts';
import type { Stock } from '../books.ts';
import type { Outage } from '../cases.ts';
import { type Command, MUG, type PlannedOrder, SHIRT } from '../load.ts';
import type { FaultyPlatform, Sight } from '../platform.ts';
import { type Random, seeded } from '../random.ts';
import { VirtualBus } from './bus.ts';
import { orderCommand, SHIRT_PRICE } from './commands.ts';
import { VirtualDatabase } from './database.ts';
import { executions, transitionsOf } from './engine.ts';
import { Life } from './life.ts';
import { PublishingLog } from './log.ts';
import { VirtualPartner } from './partner.ts';
import { type Lasting, type Processes, startProcesses } from './processes.ts';
import { VirtualTime } from './time.ts';

const STOCK: Readonly<Record<string, number>> = { [SHIRT]: 1_000_000, [MUG]: 10 };
/** Above this, an order waits for approval. */
const REVIEW_FROM = 1_000_000;
const CLIENT_PAUSE_MS = 500;
const DOWN_MS = 5_000;
const LEDGER_PAGE = 1_000_000;

export class VirtualPlatform implements FaultyPlatform {
  readonly time = new VirtualTime();
  readonly #random: Random;
  readonly #orders = new Set<OrderId>();
  readonly #ledgers = { gateway: new Ledger<never>(undefined, this.time.now), carrier: new Ledger<never>() };
  readonly #lasting: Lasting;
  readonly #bus: VirtualBus;
  /** Of the API, whose requests no kill cuts off here: a client that gets no answer sends it again. */
  readonly #api = new Life();
  #processes: Processes | undefined;

  constructor(seed: number) {
    const random = seeded(seed);
    const { time } = this;
    this.#random = random;
    this.#bus = new VirtualBus(time, () => this.#processes?.consumers);
    const log = new PublishingLog(ORDER, this.#bus.publish);
    const inventory = new InMemoryInventory(log);
    for (const [sku, units] of Object.entries(STOCK)) inventory.stock(sku, units);
    this.#lasting = {
      time,
      random,
      log,
      inventory,
      stock: new InMemoryStock(inventory),
      database: new VirtualDatabase(time, random),
      gateway: new VirtualPartner(gatewayRoutes(this.#ledgers.gateway, { clock: new Clock(time.now) }), time, random),
      carrier: new VirtualPartner(carrierRoutes(this.#ledgers.carrier), time, random),
      context: testContext(time.clock),
      newId: () => this.#newId(),
      configuration: fixedConfiguration(),
      bus: this.#bus,
      partners: new InMemoryPartnerStore(),
      waits: new InMemoryWaits(),
      timers: new InMemoryTimers(),
    };
    this.#processes = startProcesses(this.#lasting);
  }

  now(): number {
    return this.time.now();
  }

  sleep(ms: number): Promise<void> {
    return this.time.sleep(ms);
  }

  async place({ token, postalCode, item }: PlannedOrder, isOver: () => boolean): Promise<string | undefined> {
    const orderId = parseOrderId(this.#newId());
    const { data } = created([line(item.sku, item.quantity, item.sku === SHIRT ? SHIRT_PRICE : 4_500)]);
    const event = {
      ...newEvent(
        {
          type: 'OrderCreated',
          data: {
            ...data,
            shippingAddress: { ...data.shippingAddress, postalCode },
            paymentMethod: { type: 'card', token },
            ...(data.total.amount >= REVIEW_FROM && { review: 'required' }),
          },
        },
        0,
        orderId,
      ),
      occurredAt: new Date(this.now()).toISOString(),
    };
    const { database, log } = this.#lasting;
    const taken = await this.#untilAnswered(isOver, () => database.behind(log, this.#api).append(orderId, 0, [event]));
    if (!taken) return undefined;
    this.#orders.add(orderId);
    return orderId;
  }

  async send(orderId: string, command: Command, isOver: () => boolean): Promise<boolean> {
    const { database, log } = this.#lasting;
    const deps = { log: database.behind(log, this.#api), snapshots: new InMemorySnapshots(), now: this.time.now };
    const id = this.#newId();
    const order = fold(await log.read(parseOrderId(orderId))) as ExistingOrder;
    const wanted = orderCommand(command, order, () => this.#newId());
    if (!wanted) return false;
    const actor = { type: 'customer', id: CUSTOMER_ID } as const;
    const answer = await this.#untilAnswered(isOver, async () => {
      const answered = await dispatch(deps, { id, command: wanted, causationId: id, actor });
      if (!answered.ok && answered.refusal.kind === 'change-pending') return undefined;
      return answered;
    });
    return answer?.ok ?? false;
  }

  async fail(outage: Outage): Promise<void> {
    const { gateway, carrier, database } = this.#lasting;
    if (outage.target === 'database') return database.fail(outage.fault);
    const partners = { gateway: [gateway], carrier: [carrier], partners: [gateway, carrier] }[outage.target];
    for (const partner of partners) partner.fail(outage.fault);
  }

  async recover(): Promise<void> {
    const { gateway, carrier, database } = this.#lasting;
    for (const away of [gateway, carrier, database]) away.recover();
  }

  callsWhileDown(): number {
    return this.#lasting.gateway.callsWhileDown + this.#lasting.carrier.callsWhileDown;
  }

  async killAndRestart(): Promise<void> {
    this.#processes?.kill();
    this.#processes = undefined;
    await this.sleep(DOWN_MS);
    this.#processes = startProcesses(this.#lasting);
  }

  async look(): Promise<Sight | undefined> {
    if (!this.#processes || this.#lasting.database.isAway) return undefined;
    const running = await executions(this.#processes.states, 'RUNNING');
    const streams: OrderStream[] = [];
    for (const id of this.#orders) streams.push({ id, events: await this.#lasting.log.read(id) });
    return { running: running.map(({ name }) => name), streams };
  }

  async stock(): Promise<readonly Stock[]> {
    return Object.entries(STOCK).map(([sku, received]) => ({ sku, received, ...this.#lasting.inventory.stockOf(sku) }));
  }

  async ledgers(): Promise<readonly [readonly LedgerEntry[], readonly LedgerEntry[]]> {
    const { gateway, carrier } = this.#ledgers;
    const all = { after: 0, limit: LEDGER_PAGE };
    return [gateway.page(all), carrier.page(all)];
  }

  async mostTransitions(): Promise<number> {
    const { states } = this.#processes!;
    const entered = new Map<string, number>();
    for (const { name, executionArn } of await executions(states)) {
      const orderId = name.slice(0, ORDER_ID_LENGTH);
      entered.set(orderId, (entered.get(orderId) ?? 0) + (await transitionsOf(states, executionArn)));
    }
    return Math.max(0, ...entered.values());
  }

  /** The messages that queues gave up. */
  deadLetters(): string[] {
    return this.#bus.deadLetters();
  }

  /** Repeats a request as a client does that gets no answer; undefined when the case is over before. */
  async #untilAnswered<Answer>(
    isOver: () => boolean,
    ask: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    while (!isOver()) {
      try {
        const answer = await ask();
        if (answer !== undefined) return answer;
      } catch (error) {
        if (!(error instanceof WaybillError)) throw error;
      }
      await this.sleep(CLIENT_PAUSE_MS);
    }
    return undefined;
  }

  #newId(): string {
    const hex = (length: number) => Array.from({ length }, () => Math.floor(this.#random() * 16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}

/** Executions are named after their order. */
const ORDER_ID_LENGTH = 36;
