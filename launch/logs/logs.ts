/** `npm run logs -- --order <id>`: the way of one order through all functions, as their logs tell it. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataDirOf, logDirOf, runningInstance } from '../clients/running-instance.ts';
import { LogFolder } from './log-folder.ts';
import { type LogLine, shownLine } from './log-line.ts';
import { OrderLines } from './order-lines.ts';
import { type RequestedLogs, requestedLogs, USAGE } from './requested-logs.ts';

const LOOK_EVERY_MS = 250;
/** Functions' lines come to their files a moment after they were written, each file's at another time. */
const SETTLED_AFTER_MS = 750;

try {
  const requested = requestedLogs(process.argv.slice(2), Date.now());
  if (requested === 'help') console.log(USAGE);
  else await run(requested, dataDirOf(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run({ orderId, since, follow }: RequestedLogs, dataDir: string): Promise<void> {
  const dir = logDirOf(dataDir);
  if (follow) await runningInstance(dataDir);
  if (!existsSync(dir)) {
    throw new Error(
      `No instance has run on ${dataDir}. Start one with \`npm start\`, or name its folder in WAYBILL_DATA.`,
    );
  }
  const lines = new OrderLines(orderId);
  for await (const line of new LogFolder(dir).added((text) => lines.mayHave(text))) lines.learn(line);
  const folder = new LogFolder(dir);
  const found = await taken(
    folder.added((text) => lines.mayHave(text)),
    lines,
  );
  const shown = found.filter(({ at }) => at >= since);
  print(shown);
  if (shown.length === 0) {
    const nothing = `No function has written a line about order ${orderId}${since > 0 ? ' in that time' : ''} to ${dir}.`;
    if (!follow) {
      throw new Error(`${nothing} Is the id right, and is it the folder of the instance that has the order?`);
    }
    console.error(`${nothing} Waiting for one; Ctrl-C ends this.`);
  }
  if (follow) await goOn(folder, lines);
}

/** Never resolves: Ctrl-C ends the program. */
async function goOn(folder: LogFolder, lines: OrderLines): Promise<never> {
  let waiting: LogLine[] = [];
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    for await (const line of folder.added(() => true)) {
      lines.learn(line);
      waiting.push(line);
    }
    const settled = Date.now() - SETTLED_AFTER_MS;
    print(waiting.filter((line) => line.at <= settled && lines.has(line)));
    waiting = waiting.filter(({ at }) => at > settled);
  }
}

async function taken(added: AsyncIterable<LogLine>, lines: OrderLines): Promise<LogLine[]> {
  const found: LogLine[] = [];
  for await (const line of added) {
    if (lines.has(line)) found.push(line);
  }
  return found;
}

function print(lines: readonly LogLine[]): void {
  for (const line of [...lines].sort((one, other) => one.at - other.at)) console.log(shownLine(line));
}
