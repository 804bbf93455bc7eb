/** `npm run audit`: checks the books of all orders, articles and unmatched transfers of a running or a deployed instance. */
import { parseArgs } from 'node:util';
import { instanceUrl } from '../clients/instance-url.ts';
import { ProgressLine } from '../rebuild/progress-line.ts';
import { auditParts } from './audit-client.ts';
import { AuditReport } from './audit-report.ts';

const USAGE = `Usage: npm run audit -- [--endpoint <url>] [--grace <seconds>]

Checks the books of all orders, of the stock of all articles, and of money that quotes no reference: docs/ledger.md has the rules. What is not booked yet is
booked; what breaks a rule raises the alarm and, for an order at rest, becomes a person's task. Ends with exit code 1 when a rule is broken, and with 2 when the check could not be made.

  --endpoint <url>   the address of the API, such as the output ApiUrl of a deployed stack
                     (default WAYBILL_URL, or PORT of this machine)
  --grace <seconds>  leaves orders alone whose last event is younger (default: the setting recovery.sweepAfterSeconds)
  --help

WAYBILL_TOKEN is an operator's token with the scope ledger:audit, for an instance with a real issuer of tokens.`;

try {
  const { endpoint, grace, help } = options();
  if (help) console.log(USAGE);
  else process.exitCode = await audit(endpoint ?? instanceUrl(), grace);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

/** Resolves to the exit code. */
async function audit(url: string, grace?: number): Promise<number> {
  const report = new AuditReport(Date.now());
  const progress = new ProgressLine(process.stdout, { totalEvents: 0, before: { orders: 0, events: 0 } });
  for await (const part of auditParts(url, grace)) {
    report.add(part);
    progress.say(`${report.checked} checked`);
  }
  progress.end();
  for (const line of report.lines()) console.log(line);
  return report.isClean ? 0 : 1;
}

function options(): { endpoint?: string; grace?: number; help?: boolean } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { endpoint: text, grace: text, help: { type: 'boolean', short: 'h' } } });
    const { grace, ...others } = values;
    if (grace === undefined) return others;
    if (!/^\d{1,5}$/.test(grace)) throw new Error(`--grace is a number of seconds up to 86400, got "${grace}".`);
    return { ...others, grace: Number(grace) };
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
