/** What orders cost on AWS at list prices: units that the runtime has metered, and assumptions about what it cannot meter. */
import type { Assumptions } from './assumptions.ts';
import { MONTHLY_PRICES, PRICES, type PricedUnit, UNMETERED_PRICES } from './prices.ts';

/** Units by dimension (function, table, queue…), by metered unit. */
export interface Reading {
  readonly [unit: string]: Readonly<Record<string, number>>;
}

export interface Used {
  /** How many orders it was. */
  readonly orders: number;
  readonly reading: Reading;
  readonly partnerCalls: number;
  /** The memory of functions that call partners. @default 0.5 */
  readonly partnerCallGigabytes?: number;
  /** Bytes that tables have grown by. */
  readonly storedBytes: number;
}

export interface BillLine {
  readonly what: string;
  /** Of one order. */
  readonly units: number;
  /** For a thousand orders. */
  readonly dollars: number;
}

/** A function of this memory has a whole processor; less memory has as much less of it (AWS, "Configure Lambda function memory"). */
const WHOLE_PROCESSOR_MB = 1_769;

export const sumOf = (units: Readonly<Record<string, number>> = {}): number =>
  Object.values(units).reduce((sum, count) => sum + count, 0);

/** The lines of a bill, the largest first. */
export function billOf(used: Used, assumptions: Assumptions): readonly BillLine[] {
  const { orders, reading, partnerCalls, partnerCallGigabytes = 0.5, storedBytes } = used;
  const perOrder = (unit: string) => sumOf(reading[unit]) / orders;
  const metered = (what: string, unit: PricedUnit): BillLine => line(what, perOrder(unit), PRICES[unit].perUnit);
  const gigabyteSeconds = PRICES['lambda.gbSeconds'].perUnit;
  const { processor, waiting } = functionTime(reading, assumptions);
  const requests = perOrder('apigateway.requests');
  const invocations = perOrder('lambda.invocations');
  const logBytes = perOrder('lambda.logBytes') + requests * assumptions.accessLogBytes;
  const bytes = storedBytes / orders;
  return [
    metered('state transitions', 'states.transitions'),
    metered('requests to the API', 'apigateway.requests'),
    metered('invocations', 'lambda.invocations'),
    line('GB-seconds of functions that work', processor / orders, gigabyteSeconds),
    line('GB-seconds of functions that wait for AWS', waiting / orders, gigabyteSeconds),
    line(
      'GB-seconds of functions that wait for partners',
      (partnerCalls / orders) * assumptions.partnerSeconds * partnerCallGigabytes,
      gigabyteSeconds,
    ),
    line(
      'GB-seconds of cold starts',
      invocations * assumptions.coldShare * assumptions.coldSeconds * averageGigabytes(reading),
      gigabyteSeconds,
    ),
    metered('write units', 'dynamodb.writeUnits'),
    metered('read units', 'dynamodb.readUnits'),
    metered('requests to queues', 'sqs.requests'),
    metered('events', 'events.published'),
    line('bytes of logs', logBytes, PRICES['lambda.logBytes'].perUnit),
    line('bytes of logs, kept for a month', logBytes, MONTHLY_PRICES.logByte.perUnit),
    line('bytes in tables, for a month', bytes, MONTHLY_PRICES.tableByte.perUnit),
    line('the same, recoverable to any second', bytes, MONTHLY_PRICES.recoverableByte.perUnit),
    line('requests at the web ACL', requests * assumptions.webAcl, UNMETERED_PRICES.webAclRequest.perUnit),
  ].sort((one, other) => other.dollars - one.dollars);
}

/** What would have been used if every function had this much memory: it works faster or slower on Lambda, and waits as long. */
export function withMemory(used: Used, megabytes: number): Used {
  const gigabytes = megabytes / 1_024;
  const billedMs = Object.entries(used.reading['lambda.billedMs'] ?? {});
  const gbSeconds = Object.fromEntries(billedMs.map(([name, ms]) => [name, (ms / 1_000) * gigabytes]));
  return { ...used, reading: { ...used.reading, 'lambda.gbSeconds': gbSeconds }, partnerCallGigabytes: gigabytes };
}

export const totalOf = (bill: readonly BillLine[]): number => bill.reduce((sum, { dollars }) => sum + dollars, 0);

const line = (what: string, units: number, dollarsPerUnit: number): BillLine => ({
  what,
  units,
  dollars: units * dollarsPerUnit * 1_000,
});

/** Seconds for which the functions of these units run on Lambda, without what they wait for partners. */
export function functionSeconds(reading: Reading, assumptions: Assumptions): number {
  return timesOf(reading, assumptions).reduce((sum, { processor, waiting }) => sum + processor + waiting, 0);
}

/** The same in GB-seconds. */
function functionTime(reading: Reading, assumptions: Assumptions) {
  const times = timesOf(reading, assumptions);
  return {
    processor: times.reduce((sum, { processor, gigabytes }) => sum + processor * gigabytes, 0),
    waiting: times.reduce((sum, { waiting, gigabytes }) => sum + waiting * gigabytes, 0),
  };
}

/**
 * Seconds of each function. Here it has a whole processor, and on Lambda the share that belongs to its memory: it works longer there. What is
 * left of its duration it waits for AWS's services.
 */
const timesOf = (reading: Reading, { processorFactor, waitingFactor }: Assumptions) =>
  Object.entries(reading['lambda.processorMs'] ?? {}).map(([name, processorMs]) => {
    const gigabytes = gigabytesOf(reading, name);
    const share = Math.min(1, (gigabytes * 1_024) / WHOLE_PROCESSOR_MB);
    const durationMs = reading['lambda.durationMs']?.[name] ?? 0;
    return {
      gigabytes,
      processor: ((processorMs / 1_000) * processorFactor) / share,
      waiting: (Math.max(0, durationMs - processorMs) / 1_000) * waitingFactor,
    };
  });

const averageGigabytes = (reading: Reading): number =>
  sumOf(reading['lambda.gbSeconds']) / (sumOf(reading['lambda.billedMs']) / 1_000 || 1);

/** The memory of a function, from what it was billed here. */
function gigabytesOf(reading: Reading, name: string): number {
  const billedMs = reading['lambda.billedMs']?.[name] ?? 0;
  return billedMs === 0 ? 0 : (reading['lambda.gbSeconds']?.[name] ?? 0) / (billedMs / 1_000);
}
