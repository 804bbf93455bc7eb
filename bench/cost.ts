/** What orders cost on AWS: a checkout, a whole life, and an environment that rests; and what that depends on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER_UNITS, type OrderUnit } from '../launch/capacity/order-units.ts';
import { ASSUMPTIONS, type AssumptionName, assumed } from '../launch/cost/assumptions.ts';
import { billOf, functionSeconds, sumOf, totalOf, type Used, withMemory } from '../launch/cost/bill.ts';
import { type CountedTemplate, idleCosts } from '../launch/cost/idle-cost.ts';
import type { Platform } from '../launch/platform/platform.ts';
import { countOfMetrics } from './embedded-metrics.ts';
import { OrderLives } from './order-lives.ts';
import type { OrderLoad } from './order-load.ts';
import { BUDGET, type Report } from './report.ts';
import { usageDuring } from './usage.ts';

const CHECKOUTS = 40;
/** One of them is returned. */
const LIVES = 20;
/**
 * What an order reads of its partners that comes later than function instances remember circuits: half a unit for each of its three steps that call one.
 * The orders here follow each other sooner, and share most of these reads.
 */
const PARTNER_READS = 1.5;
const SETTLE_MS = 3_000;
/** From the least that Lambda has to a whole processor. */
const MEMORY_SIZES = [128, 256, 512, 1_024, 1_769];

export interface Costed {
  readonly platform: Platform;
  readonly load: OrderLoad;
  readonly logDir: string;
  readonly templates: readonly CountedTemplate[];
}

export async function benchCost(report: Report, { platform, load, logDir, templates }: Costed): Promise<void> {
  await load.placeAndFinish();
  const lives = await OrderLives.at(platform);
  await lives.live(true);
  await sleep(SETTLE_MS);

  report.section(`A checkout: from the order to its confirmation (mean of ${CHECKOUTS}, one at a time)`);
  const checkouts = await usageDuring(platform, logDir, CHECKOUTS, async () => {
    for (let count = 0; count < CHECKOUTS; count += 1) await load.placeAndFinish();
    await load.settle();
  });
  reportBill(report, checkouts);
  judge(
    report,
    'dollars per 1,000 checkouts',
    totalOf(billOf(checkouts, assumed())),
    BUDGET.dollarsPerThousandCheckouts,
  );
  reportUnits(report, checkouts);
  reportSensitivity(report, checkouts);
  reportMemory(report, checkouts);

  report.section(`A whole life: from the order to its delivery (mean of ${LIVES}, one of them returned)`);
  const whole = await usageDuring(platform, logDir, LIVES, async () => {
    for (let count = 0; count < LIVES; count += 1) await lives.live(count === 0);
    await load.settle();
  });
  reportBill(report, whole);
  judge(report, 'dollars per 1,000 whole lives', totalOf(billOf(whole, assumed())), BUDGET.dollarsPerThousandLives);

  report.section('An environment that rests, for a month');
  const idle = idleCosts(templates, { customMetrics: countOfMetrics(logDir) });
  for (const { what, dollars, because } of [...idle].sort((one, other) => other.dollars - one.dollars)) {
    report.line(`  ${what}`, `$${dollars.toFixed(2)}`, because);
  }
  const sum = idle.reduce((total, { dollars }) => total + dollars, 0);
  report.judge('dollars a month', sum, { atMost: BUDGET.idleDollarsPerMonth });
}

const judge = (report: Report, label: string, dollars: number, atMost: number) =>
  report.judge(label, dollars, { atMost }, (figure) => figure.toFixed(4));

function reportBill(report: Report, used: Used): void {
  const bill = billOf(used, assumed());
  const total = totalOf(bill);
  for (const { what, units, dollars } of bill) {
    const share = `${((100 * dollars) / total).toFixed(1)} %`.padStart(6);
    report.line(`  ${what}`, units.toFixed(units < 10 ? 4 : 0), `$${dollars.toFixed(5)} per 1,000  ${share}`);
  }
}

/** What an order uses, against the budget and what the capacity model says of it. */
function reportUnits(report: Report, used: Used): void {
  const { orders, reading } = used;
  for (const [unit, most] of Object.entries(ORDER_UNITS) as [OrderUnit, number][]) {
    report.judge(unit, measuredUnits(used)[unit], { atMost: most });
  }
  const perOrder = (unit: string) => sumOf(reading[unit]) / orders;
  report.judge('write units', perOrder('dynamodb.writeUnits'), { atMost: BUDGET.writeUnitsPerOrder });
  const shared = Object.entries(reading['dynamodb.readUnits'] ?? {}).filter(([table]) => table.includes('Partners'));
  const sharedReads = sumOf(Object.fromEntries(shared)) / orders;
  const readUnits = perOrder('dynamodb.readUnits') - sharedReads + PARTNER_READS;
  report.judge('read units of an order alone', readUnits, { atMost: BUDGET.readUnitsPerOrder });
  report.judge('bytes of functions’ logs', perOrder('lambda.logBytes'), { atMost: BUDGET.logBytesPerOrder });
  for (const [unit, name] of [
    ['dynamodb.writeUnits', 'write units'],
    ['dynamodb.readUnits', 'read units'],
    ['lambda.invocations', 'invocations'],
    ['lambda.logBytes', 'log bytes'],
  ] as const) {
    for (const [dimension, units] of Object.entries(reading[unit] ?? {})) {
      report.line(`  ${name} · ${dimension}`, (units / orders).toFixed(2));
    }
  }
}

function measuredUnits({ orders, reading, partnerCalls }: Used): Readonly<Record<OrderUnit, number>> {
  const perOrder = (unit: string, isMeant: (dimension: string) => boolean = () => true) =>
    sumOf(Object.fromEntries(Object.entries(reading[unit] ?? {}).filter(([dimension]) => isMeant(dimension)))) / orders;
  return {
    apiRequests: perOrder('apigateway.requests'),
    starts: perOrder('states.executions'),
    transitions: perOrder('states.transitions'),
    events: perOrder('events.published'),
    deliveries: perOrder('events.deliveries'),
    invocations: perOrder('lambda.invocations'),
    functionSeconds: functionSeconds(reading, assumed()) / orders,
    partnerCalls: partnerCalls / orders,
    orderLogWrites: perOrder('dynamodb.writeUnits', (table) => table.includes('OrderLog')),
    // The other half is the reservation, an item of the order's own.
    articleWrites: perOrder('dynamodb.writeUnits', (table) => table.includes('-Inventory')) / 2,
  };
}

/** What other sizes of functions would cost, and how long all functions of a checkout would take together. */
function reportMemory(report: Report, used: Used): void {
  for (const megabytes of MEMORY_SIZES) {
    const other = withMemory(used, megabytes);
    const seconds = functionSeconds(other.reading, assumed()) / other.orders;
    report.line(
      `  functions of ${megabytes} MB`,
      `$${totalOf(billOf(other, assumed())).toFixed(4)}`,
      `functions of a checkout run for ${seconds.toFixed(2)} s, without their wait for partners`,
    );
  }
}

/** By how much a thousand checkouts cost more or less, at both ends of what may be. */
function reportSensitivity(report: Report, used: Used): void {
  const total = (changes: Partial<Record<AssumptionName, number>>) => totalOf(billOf(used, assumed(changes)));
  for (const [name, { value, range, meaning }] of Object.entries(ASSUMPTIONS)) {
    const [low, high] = range.map((end) => total({ [name]: end }).toFixed(4));
    report.line(`  ${name}: ${range.join(' to ')}`, `$${low} to $${high}`, `${value}: ${meaning}`);
  }
}
