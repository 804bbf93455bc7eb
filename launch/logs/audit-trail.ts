/** `npm run audit-trail`: which operator asked for what, as the logs of the functions tell it. */
import { existsSync } from 'node:fs';
import { dataDirOf, logDirOf } from '../clients/running-instance.ts';
import { isOfTrail, type RequestedTrail, requestedTrail, shownRequest, USAGE } from './audit-lines.ts';
import { LogFolder } from './log-folder.ts';
import type { LogLine } from './log-line.ts';

try {
  const requested = requestedTrail(process.argv.slice(2), Date.now());
  if (requested === 'help') console.log(USAGE);
  else await run(requested, logDirOf(dataDirOf(process.env)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(requested: RequestedTrail, dir: string): Promise<void> {
  if (!existsSync(dir)) {
    throw new Error(
      `There are no logs in ${dir}. Start an instance with \`npm start\`, or name its folder in WAYBILL_DATA.`,
    );
  }
  const found: LogLine[] = [];
  for await (const line of new LogFolder(dir).added((text) => text.includes('"operator":'))) {
    if (isOfTrail(line, requested)) found.push(line);
  }
  found.sort((one, other) => one.at - other.at);
  for (const line of found) console.log(shownRequest(line));
  if (found.length === 0) console.error(`No request of an operator in ${dir} is what you ask for.`);
}
