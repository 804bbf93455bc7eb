/** The platform in memory, in virtual time, with one order of one customer, and a person who does what tasks ask for. */
import { randomUUID } from 'node:crypto';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import { dispatch } from '../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import { receiveNotification } from '../../functions/payments/application/receive-notification.ts';
import type { PaymentMethod, RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { ORDER, type OrderLog } from '../../functions/published/order-log.ts';
import { STOCK } from '../../functions/published/stock-log.ts';
import { commandTask } from '../../functions/recovery/application/command-task.ts';
import { tasksOf } from '../../functions/recovery/domain/tasks-of-order.ts';
import type { ConfigurationSource } from '../../functions/shared/configuration/port.ts';
import type { CorrelationId, OrderId, Sku } from '../../functions/shared/kernel/ids.ts';
import { articleAt, DEFAULT_LOCATION, type LocationId } from '../../functions/shared/kernel/location.ts';
import type { ShipmentMovement } from '../../partners/carrier/protocol.ts';
import { carrierRoutes } from '../../partners/carrier/server.ts';
import { Ledger } from '../../partners/shared/ledger.ts';
import { seeded } from '../fault/random.ts';
import { VirtualBus } from '../fault/virtual/bus.ts';
import { VirtualDatabase } from '../fault/virtual/database.ts';
import type { Hooks } from '../fault/virtual/hooks.ts';
import { PublishingLog } from '../fault/virtual/log.ts';
import { VirtualPartner } from '../fault/virtual/partner.ts';
import { type Processes, startProcesses } from '../fault/virtual/processes.ts';
import type { VirtualTime } from '../fault/virtual/time.ts';
import { InMemoryInventory } from '../support/fakes/in-memory-inventory.ts';
import { InMemoryPartnerStore } from '../support/fakes/in-memory-partner-store.ts';
import { InMemorySnapshots } from '../support/fakes/in-memory-snapshots.ts';
import { InMemoryStock } from '../support/fakes/in-memory-stock.ts';
import { InMemoryTimers } from '../support/fakes/in-memory-timers.ts';
import { InMemoryWaits } from '../support/fakes/in-memory-waits.ts';
import { CUSTOMER_ID, created, line, newEvent, ORDER_ID } from '../support/orders/streams.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import { testContext } from '../support/runtime/service-context.ts';
import type { Method, Till } from './methods/method.ts';
import { type Mutant, mutated } from './mutants.ts';
import { sweep } from './sweeper.ts';

/** Units of articles, each by its SKU; those at another location than the usual one by `<SKU>@<location>`, as in the books. */
export type Goods = Readonly<Record<string, number>>;

/** What there is of an article at a location, and all that has come there. */
export type Counts = Readonly<Record<'received' | 'available' | 'reserved' | 'sold', number>>;

export interface WorldOptions {
  readonly time: VirtualTime;
  readonly method: Method;
  readonly configuration: ConfigurationSource;
  readonly hooks: Hooks;
  /** Units on sale. */
  readonly stock: Goods;
  readonly mutant?: Mutant | undefined;
}

const SEED = 7;
export const SKU = line().sku;
const EVERYTHING = { after: 0, limit: 1_000 };

export class World {
  readonly orderId: OrderId = ORDER_ID;
  readonly till: Till;
  readonly log: OrderLog;
  readonly #options: WorldOptions;
  readonly #inventory: InMemoryInventory;
  readonly #stock: InMemoryStock;
  readonly #received = new Map<string, number>();
  readonly #bus: VirtualBus;
  readonly #parcels = new Ledger<ShipmentMovement>();
  readonly #processes: Processes;
  readonly #running = new Set<string>();

  constructor(options: WorldOptions) {
    const { time, method, configuration, hooks, stock, mutant } = options;
    const random = seeded(SEED);
    this.#options = options;
    this.#bus = new VirtualBus(time, () => this.#processes.consumers, mutant?.deaf);
    this.log = new PublishingLog(ORDER, this.#bus.publish);
    this.#inventory = new InMemoryInventory(this.log);
    this.#stock = new InMemoryStock(this.#inventory, new PublishingLog(STOCK, this.#bus.publish));
    for (const [article, available] of Object.entries(stock)) {
      this.#inventory.setCounts(...placeOf(article), { available, reserved: 0 });
      this.#received.set(article, available);
    }
    this.till = method.till({
      time,
      random,
      merchant: (received) => this.#notified(received),
    });
    this.#processes = startProcesses({
      time,
      random,
      log: this.log,
      inventory: this.#inventory,
      stock: this.#stock,
      database: new VirtualDatabase(time, random),
      gateway: this.till.gateway ?? new VirtualPartner([], time, random),
      carrier: new VirtualPartner(carrierRoutes(this.#parcels), time, random),
      channels: this.till.channel ? [this.till.channel] : [],
      context: testContext(time.clock),
      newId: randomUUID,
      configuration,
      bus: this.#bus,
      partners: new InMemoryPartnerStore(),
      waits: new InMemoryWaits(),
      timers: new InMemoryTimers(),
      hooks,
      engine: {
        altered: mutant && ((definition) => mutated(mutant, definition)),
        onStatusChange: ({ name, status }) => {
          if (status === 'RUNNING') this.#running.add(name as string);
          else this.#running.delete(name as string);
        },
      },
      repair: (states) => (orderId) => sweep(this.#processes.deps, states, configuration, orderId, 0),
    });
  }

  async place(paymentMethod: PaymentMethod, wanted: Goods, postalCode: string): Promise<void> {
    const { data } = created(Object.entries(wanted).map(([sku, units]) => line(sku, units)));
    const shippingAddress = { ...data.shippingAddress, postalCode };
    const event = newEvent(
      { type: 'OrderCreated', data: { ...data, shippingAddress, paymentMethod } },
      0,
      this.orderId,
    );
    const occurredAt = new Date(this.#options.time.now()).toISOString();
    await this.log.append(this.orderId, 0, [{ ...event, occurredAt }]);
  }

  /** Resolves to whether the platform took it. */
  async ask(command: OrderCommand, id: string = randomUUID()): Promise<boolean> {
    const deps = { log: this.log, snapshots: new InMemorySnapshots(), now: this.#options.time.now };
    const actor = { type: 'customer', id: CUSTOMER_ID } as const;
    return (await dispatch(deps, { id, command, causationId: id, actor })).ok;
  }

  /** The warehouse says that goods have come. */
  async receive(goods: Goods): Promise<void> {
    for (const [article, quantity] of Object.entries(goods)) {
      const [sku, location] = placeOf(article);
      const id = randomUUID();
      const origin = {
        id,
        correlationId: id as string as CorrelationId,
        causationId: id,
        actor: { type: 'operator', id: 'op-1' },
      } as const;
      const movement = { type: 'StockReceived', data: { quantity, location } } as const;
      const moved = await moveStock({ stock: this.#stock, now: this.#options.time.now }, sku, movement, origin);
      if (!moved.ok) throw new Error(`The receipt was refused: ${moved.refusal.kind}`);
      this.#received.set(article, (this.#received.get(article) ?? 0) + quantity);
    }
  }

  /** What there is of each article at each location. */
  stock(): ReadonlyMap<string, Counts> {
    const skus = new Set([...this.#received.keys()].map((article) => placeOf(article)[0]));
    return new Map(
      [...skus].flatMap((sku) =>
        [...(this.#inventory.countsOf(sku) ?? [])].map(([location, { available, reserved, sold = 0 }]) => {
          const article = articleAt(sku, location);
          return [article, { received: this.#received.get(article) ?? 0, available, reserved, sold }] as const;
        }),
      ),
    );
  }

  /** Whether goods that come would be given to the order. */
  async waitsForGoods(): Promise<boolean> {
    return (await this.#inventory.find(this.orderId)).status === 'backordered';
  }

  stream(): Promise<RecordedOrderEvent[]> {
    return this.log.read(this.orderId);
  }

  async order(): Promise<ExistingOrder> {
    return fold(await this.stream()) as ExistingOrder;
  }

  /** A person has the platform try again what each open task is about. */
  async helpOut(): Promise<void> {
    const deps = { log: this.log, now: this.#options.time.now };
    for (const { taskId, resolved, kind, step } of tasksOf(await this.stream())?.tasks ?? []) {
      if (resolved) continue;
      if (kind === 'refund' || step === 'VoidPayment') this.till.mendRefund?.(this.orderId);
      const id = randomUUID();
      const actor = { type: 'operator', id: 'op-1' } as const;
      const command = { type: 'ResumeTask', orderId: this.orderId, taskId, by: actor.id } as const;
      await commandTask(deps, { id, command, causationId: id, actor });
    }
  }

  /** What the platform does on its schedule, but for the check of progress. */
  async look(): Promise<void> {
    await this.till.look?.({ log: this.log });
  }

  sweep(): Promise<void> {
    // Beside virtual time, which stands still while the test looks.
    const deps = { log: this.log, now: this.#options.time.now };
    return sweep(deps, this.#processes.states, this.#options.configuration, this.orderId);
  }

  /** The names of the executions that have not ended. */
  running(): string[] {
    return [...this.#running];
  }

  deadLetters(): readonly string[] {
    return this.#bus.deadLetters();
  }

  entries(): { readonly payment: readonly LedgerEntry[]; readonly parcel: readonly LedgerEntry[] } {
    return { payment: this.till.entries(this.orderId), parcel: this.#parcels.page(EVERYTHING) };
  }

  close(): void {
    this.#processes.kill();
  }

  #notified(received: Parameters<typeof receiveNotification>[2]): ReturnType<typeof receiveNotification> {
    const { readers } = this.till;
    const [channel = ''] = Object.keys(readers);
    const monitor = {
      refused: (name: string, reason: string) => {
        throw new Error(`A notification of ${name} was refused: ${reason}`);
      },
      ofNoOrder: () => {},
    };
    return receiveNotification({ ...this.#processes.deps, readers, monitor }, channel, received);
  }
}

const placeOf = (article: string): [sku: Sku, location: LocationId] => {
  const [sku, location = DEFAULT_LOCATION] = article.split('@');
  return [sku as Sku, location as LocationId];
};
