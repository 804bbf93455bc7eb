/** `npm run trace -- --order <id>`: the one trace of an order, as a tree or as OpenTelemetry has it. */
import { existsSync } from 'node:fs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { traceIdOf } from '../../functions/shared/trace/trace-context.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { dataDirOf, logDirOf, runningInstance } from '../clients/running-instance.ts';
import { LogFolder } from '../logs/log-folder.ts';
import { assembled } from './assembled.ts';
import { ON_THIS_MACHINE } from './origin.ts';
import { otlpOf } from './otlp.ts';
import { type RequestedTrace, requestedTrace, USAGE } from './requested-trace.ts';
import { executionsOf, spansOfExecution } from './saga-spans.ts';
import { spansOf, type TraceSpan } from './trace-span.ts';
import { shownTree } from './tree.ts';

try {
  const requested = requestedTrace(process.argv.slice(2));
  if (requested === 'help') console.log(USAGE);
  else await run(requested, dataDirOf(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run({ orderId, otlp }: RequestedTrace, dataDir: string): Promise<void> {
  const dir = logDirOf(dataDir);
  if (!existsSync(dir)) {
    throw new Error(
      `No instance has run on ${dataDir}. Start one with \`npm start\`, or name its folder in WAYBILL_DATA.`,
    );
  }
  const ofLogs: TraceSpan[] = [];
  for await (const line of new LogFolder(dir).added((text) => text.includes(orderId))) {
    if (line.orderId === orderId) ofLogs.push(...spansOf(line));
  }
  if (ofLogs.length === 0) {
    throw new Error(
      `No function has written a span of order ${orderId} to ${dir}. Is the id right, and is it the folder of the instance that has the order?`,
    );
  }
  const spans = assembled(ofLogs, await sagasOf(orderId, dataDir));
  if (otlp) return console.log(JSON.stringify(otlpOf(spans, ON_THIS_MACHINE)));
  const [first] = spans;
  const end = Math.max(...spans.map(({ endMs }) => endMs));
  console.log(
    `Order ${orderId} · trace ${traceIdOf(orderId)} · ${spans.length} spans in ${((end - first!.startMs) / 1_000).toFixed(1)} s from ${new Date(first!.startMs).toISOString()}\n`,
  );
  console.log(`${'began'.padStart(10)} ${'took'.padStart(10)}`);
  for (const line of shownTree(spans)) console.log(line);
}

/** Only a running instance tells of its sagas. */
async function sagasOf(orderId: string, dataDir: string): Promise<TraceSpan[]> {
  const instance = await runningInstance(dataDir).catch(() => undefined);
  if (instance === undefined) {
    console.error('The instance does not run: the states of its sagas are left out.');
    return [];
  }
  const sfn = new SFNClient(operatorClientConfig(instance.endpointUrl));
  const now = Date.now();
  const executions = await executionsOf(orderId, sfn);
  return (await Promise.all(executions.map((arn) => spansOfExecution(arn, sfn, now)))).flat();
}
