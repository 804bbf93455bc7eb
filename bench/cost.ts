/** What one order on the happy path uses and costs, metered by the runtime. Orders come one at a time: nothing is shared. */

import { PRICES, type PricedUnit } from '../launch/cost/prices.ts';
import type { OrderLoad } from './order-load.ts';
import { BUDGET, type Report } from './report.ts';

const ORDERS = 40;
/**
 * What an order reads of its partners that comes later than function instances remember circuits: half a unit for each of its three calls.
 * The orders here follow each other sooner, and share most of these reads.
 */
const PARTNER_READS = 1.5;

export interface MeterReading {
  /** Units by dimension (function, table, queue…), by metered unit. */
  readonly [unit: string]: Readonly<Record<string, number>>;
}

export interface Metered {
  read(): MeterReading;
  reset(): void;
}

export async function benchCost(report: Report, load: OrderLoad, meter: Metered): Promise<void> {
  report.section(`One order on the happy path (mean of ${ORDERS}, one at a time)`);
  await load.placeAndFinish();
  await load.settle();
  meter.reset();
  for (let count = 0; count < ORDERS; count += 1) await load.placeAndFinish();
  await load.settle();
  const reading = meter.read();

  const perOrder = (unit: PricedUnit) =>
    Object.values(reading[unit] ?? {}).reduce((sum, units) => sum + units, 0) / ORDERS;
  let dollars = 0;
  for (const [unit, price] of Object.entries(PRICES) as [PricedUnit, (typeof PRICES)[PricedUnit]][]) {
    const units = perOrder(unit);
    dollars += units * price.perUnit;
    report.line(
      unit,
      units.toFixed(unit === 'lambda.gbSeconds' ? 4 : 2),
      `$${(units * price.perUnit * 1_000).toFixed(5)} per 1,000 orders · ${price.source}`,
    );
  }
  report.judge('dollars per 1,000 orders', dollars * 1_000, { atMost: BUDGET.dollarsPerThousandOrders }, (figure) =>
    figure.toFixed(4),
  );
  report.judge('state transitions', perOrder('states.transitions'), { atMost: BUDGET.transitionsPerOrder });
  report.judge('invocations', perOrder('lambda.invocations'), { atMost: BUDGET.invocationsPerOrder });
  report.judge('write units', perOrder('dynamodb.writeUnits'), { atMost: BUDGET.writeUnitsPerOrder });
  const shared = Object.entries(reading['dynamodb.readUnits'] ?? {}).filter(([table]) => table.includes('Partners'));
  const sharedReads = shared.reduce((sum, [, units]) => sum + units, 0) / ORDERS;
  const readUnits = perOrder('dynamodb.readUnits') - sharedReads + PARTNER_READS;
  report.judge('read units of an order alone', readUnits, { atMost: BUDGET.readUnitsPerOrder });
  for (const [table, units] of Object.entries(reading['dynamodb.writeUnits'] ?? {})) {
    report.line(`  write units · ${table}`, (units / ORDERS).toFixed(2));
  }
  for (const [table, units] of Object.entries(reading['dynamodb.readUnits'] ?? {})) {
    report.line(`  read units · ${table}`, (units / ORDERS).toFixed(2));
  }
  for (const [name, count] of Object.entries(reading['lambda.invocations'] ?? {})) {
    report.line(`  invocations · ${name}`, (count / ORDERS).toFixed(2));
  }
}
