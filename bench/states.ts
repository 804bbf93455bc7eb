/** State transitions a second of the engine of state machines alone: journaled on disk, and with a journal in memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../local/clock.ts';
import type { JsonObject } from '../local/contracts.ts';
import { RuntimeMeter } from '../local/meter.ts';
import { RuntimeMetrics } from '../local/metrics.ts';
import { onlyIntegrations } from '../local/states/integration.ts';
import { StatesService } from '../local/states/service.ts';
import { openStore } from '../local/store.ts';
import { CLIENTS, closedLoop } from './closed-loop.ts';
import { BUDGET, type Report } from './report.ts';
import { takeTurns } from './take-turns.ts';

const STATES = 10;
const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:ten';
const RESOURCE = 'arn:aws:states:::lambda:invoke';
const MEASURED_MS = 2_000;
const TURNS = { warmUp: 2, measured: 5 };

/** Ten tasks in a row, each with an expression for what it is given and one for what it gives. */
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Task1',
  States: Object.fromEntries(
    Array.from({ length: STATES }, (_, index) => [
      `Task${index + 1}`,
      {
        Type: 'Task',
        Resource: RESOURCE,
        Arguments: { FunctionName: 'none', Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
        ...(index + 1 === STATES ? { End: true } : { Next: `Task${index + 2}` }),
      },
    ]),
  ),
};
const INPUT = JSON.stringify({ orderId: '01JAZ6Y8Q9W3N5T7V2X4B6C8D0', total: 12_340, currency: 'CNY' });

interface Rates {
  /** Transitions a second of the clock. */
  readonly bySecond: number;
  /** Transitions a second of the processor, in this thread; other load on the machine changes this one little. */
  readonly byProcessor: number;
}

export async function benchStates(report: Report): Promise<void> {
  report.section(`State machines alone, ${STATES} tasks that do nothing, ${CLIENTS} executions at a time`);
  const [onDisk, inMemory] = (await takeTurns([measureOnDisk, () => measure(undefined)], TURNS)).map(medians);
  report.judge('journaled, transitions/s', onDisk!.bySecond, { atLeast: BUDGET.transitionsPerSecond }, rounded);
  report.line('journaled, transitions/s of the processor', rounded(onDisk!.byProcessor));
  report.line('journal in memory, transitions/s', rounded(inMemory!.bySecond));
  report.line('the same, of the processor', rounded(inMemory!.byProcessor));
  report.judge('journaled over in memory', onDisk!.bySecond / inMemory!.bySecond, { atLeast: BUDGET.durabilityRatio });
}

async function measureOnDisk(): Promise<Rates> {
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-bench-'));
  const rates = await measure(folder);
  rmSync(folder, { recursive: true });
  return rates;
}

/** An engine with an empty store: one in memory becomes slower as it grows, which no client of it would have to bear. */
async function measure(dataDir: string | undefined): Promise<Rates> {
  const store = openStore(dataDir);
  const run = engineOn(store);
  const before = process.threadCpuUsage();
  const { perSecond } = await closedLoop(run, 0, MEASURED_MS);
  const { user, system } = process.threadCpuUsage(before);
  store.close();
  const bySecond = perSecond * STATES;
  return { bySecond, byProcessor: bySecond * (MEASURED_MS / 1_000) * (1_000_000 / (user + system)) };
}

const medians = (rounds: readonly Rates[]): Rates => ({
  bySecond: median(rounds.map(({ bySecond }) => bySecond)),
  byProcessor: median(rounds.map(({ byProcessor }) => byProcessor)),
});

/** Returns what runs one execution to its end. */
function engineOn(store: DatabaseSync): () => Promise<number> {
  const meter = new RuntimeMeter();
  const ended = new Map<string, () => void>();
  const context = {
    store,
    clock: systemClock,
    meter,
    metrics: new RuntimeMetrics(systemClock),
    newId: () => crypto.randomUUID(),
    warn: console.warn,
    region: 'us-east-1',
    account: '000000000000',
  };
  const service = new StatesService(context, {
    integrations: onlyIntegrations({
      [RESOURCE]: async (args) => ({ Payload: (args as JsonObject).Payload!, StatusCode: 200 }),
    }),
    random: Math.random,
    onStatusChange({ executionArn, status }) {
      if (status !== 'RUNNING') ended.get(executionArn as string)?.();
    },
  });
  meter.declare(service.meters);
  service.createStateMachine({
    name: 'ten',
    arn: MACHINE_ARN,
    roleArn: 'arn:aws:iam::000000000000:role/ten',
    definition: JSON.stringify(definition),
  });
  return async () => {
    const begin = performance.now();
    const { executionArn } = await service.handle('StartExecution', {
      stateMachineArn: MACHINE_ARN,
      input: INPUT,
    });
    await new Promise<void>((resolve) => ended.set(executionArn as string, resolve));
    ended.delete(executionArn as string);
    return performance.now() - begin;
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rounded = (figure: number): string => figure.toFixed(0);
