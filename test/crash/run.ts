/** A run of the crash test: orders live, processes are killed, and in the end everything has to agree. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { auditParts } from '../../launch/audit/audit-client.ts';
import { AuditReport } from '../../launch/audit/audit-report.ts';
import { type BookedOrder, differencesIn } from '../fault/books.ts';
import { endsOf, type Result } from '../fault/outcome.ts';
import { seeded } from '../fault/random.ts';
import { PatientClient } from '../fault/real/patient-client.ts';
import { Watch } from '../fault/watch.ts';
import { Bank } from '../support/platform/bank.ts';
import { Checkout } from './checkout.ts';
import { killProcesses } from './kills.ts';
import { withLatePayers } from './late-payers.ts';
import { live } from './life.ts';
import { neverHappened } from './never-happened.ts';
import type { Options } from './options.ts';
import { planOf } from './plans.ts';
import type { CrashingPlatform, Victim } from './platform.ts';
import { changeMind, helpOrders, readStatements } from './staff.ts';
import { articlesFor, Warehouse } from './warehouse.ts';

/** As many orders are under way at the same time: as many as two processors carry beside the test itself. */
const MOST_UNDER_WAY = 120;
/** How long the orders may take to come to rest, after the last request. */
const PATIENCE_MS = 900_000;
const TOLD_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 200;
const RAMP_MS = 100;

export interface CrashResult extends Result {
  readonly killed: ReadonlyMap<Victim, number>;
  /** How many orders waited for goods, became orders of what there was, and got goods from several locations. */
  readonly goods: Readonly<Record<'waited' | 'inPart' | 'spread', number>>;
  /** What the run was to bring about and did not, a sentence each. */
  readonly neverHappened: readonly string[];
  /** What the platform's own check of its books says. */
  readonly audit: AuditReport;
}

export async function runOrders(
  platform: CrashingPlatform,
  { orders, skus, kills, seed }: Omit<Options, 'help'>,
  tell: (line: string) => void,
): Promise<CrashResult> {
  const random = seeded(seed);
  const instance = () => platform.instance;
  const client = new PatientClient(platform.instance.url);
  const warehouse = new Warehouse(client, articlesFor(skus));
  await warehouse.open(platform.instance);
  const watch = new Watch(platform);
  const bank = new Bank(instance);
  const surroundings = { client, checkout: new Checkout(instance, bank), kinds: watch.kinds };
  const progress = { begun: 0, ended: 0 };
  const over = new AbortController();
  const isOver = () => over.signal.aborted;
  const around = [
    helpOrders(client, instance, isOver),
    readStatements(bank, isOver),
    changeMind(instance, isOver),
    tellOf(progress, orders, tell, isOver),
  ];

  const livesOneByOne = async (_: unknown, worker: number): Promise<void> => {
    // Not all of them at once at the beginning.
    await sleep(RAMP_MS * worker);
    while (progress.begun < orders) {
      progress.begun += 1;
      await live(planOf(random, warehouse.articles), surroundings);
      progress.ended += 1;
    }
  };
  const share = () => progress.ended / orders;
  const haveLived = () => progress.ended === orders;
  const moving = warehouse.work(seeded(seed + 1), haveLived);
  const supplying = warehouse.supply(seeded(seed + 3), haveLived);
  const [killed] = await Promise.all([
    killProcesses(platform, { kills, progress: share, tell }, seeded(seed + 2)),
    moving,
    supplying,
    ...Array.from({ length: Math.min(MOST_UNDER_WAY, orders) }, livesOneByOne),
  ]);
  const lastAt = platform.now();
  await watch.until(() => watch.restless().length === 0, PATIENCE_MS);
  const recoverySeconds = (platform.now() - lastAt) / 1_000;
  over.abort();
  await Promise.all(around);

  const [channels, carrier] = await platform.ledgers();
  const stock = await warehouse.stock();
  const books = { orders: withLatePayers(watch.orders, channels), stock, gateway: channels, carrier };
  const audit = new AuditReport(platform.now());
  for await (const part of auditParts(platform.instance.url, 0)) audit.add(part);
  const ends = endsOf(watch.orders);
  const goods = goodsOf(watch.orders);
  return {
    seed,
    killed,
    orders: watch.orders.length,
    goods,
    ends,
    neverHappened: neverHappened([...watch.kinds.values()], ends, goods),
    recoverySeconds,
    restless: watch
      .restless()
      .map(({ orderId, kind }) => `${orderId} (${kind.name}) is ${watch.state(orderId)?.status}`),
    differences: differencesIn(books),
    audit,
  };
}

const goodsOf = (orders: readonly BookedOrder[]): CrashResult['goods'] => {
  const having = (is: (event: RecordedOrderEvent) => boolean) => orders.filter(({ events }) => events.some(is)).length;
  return {
    waited: having(({ type }) => type === 'OrderBackordered'),
    inPart: having(({ type }) => type === 'UnitsRemoved'),
    spread: having(
      ({ type, data }) => type === 'InventoryReserved' && new Set(data.lines.map(({ location }) => location)).size > 1,
    ),
  };
};

async function tellOf(
  progress: { readonly begun: number; readonly ended: number },
  orders: number,
  tell: (line: string) => void,
  isOver: () => boolean,
): Promise<void> {
  const startedAt = performance.now();
  for (let next = TOLD_EVERY_MS; !isOver(); await sleep(LOOK_EVERY_MS)) {
    const passed = performance.now() - startedAt;
    if (passed < next) continue;
    next += TOLD_EVERY_MS;
    const { begun, ended } = progress;
    const perSecond = (ended / (passed / 1_000)).toFixed(1);
    tell(`${ended} of ${orders} orders lived, ${begun - ended} under way; ${perSecond} orders/s`);
  }
}
