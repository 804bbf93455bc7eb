/** `npm run redrive`: which dead letters wait, and their messages once more to whom they were for. */
import { parseArgs } from 'node:util';
import { instanceUrl } from '../clients/instance-url.ts';
import { LettersClient, type WaitingLetter } from './letters-client.ts';

const USAGE = `Usage: npm run redrive [-- [<queue>…] [--all] [--reason <text>] [--endpoint <url>]]
  <queue>           has the dead letters of this queue handled once more, by its name in the list; several can be named
  --all             those of all queues
  --reason <text>   why; without it, it only says what would be sent
  --endpoint <url>  the address of the API, such as the output ApiUrl of a deployed stack (default WAYBILL_URL, or PORT of this machine)
  --help
WAYBILL_TOKEN is an operator's token with the scopes orders:read and orders:recover, for an instance with a real issuer of tokens.

Without a queue it lists them, and changes nothing. Correct first what the messages failed on: docs/runbooks/dead-letter-queue.md. Handling an event twice does no harm. The console does
the same, and shows what became of each letter.`;

try {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean' }, reason: text, endpoint: text, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) console.log(USAGE);
  else await run(new LettersClient(values.endpoint ?? instanceUrl()), positionals, values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(
  client: LettersClient,
  named: readonly string[],
  { all = false, reason }: { readonly all?: boolean; readonly reason?: string },
): Promise<void> {
  const byQueue = Map.groupBy(await client.waiting(), ({ queue }) => queue);
  const unknown = named.find((name) => !byQueue.has(name));
  if (unknown !== undefined) {
    throw new Error(`No dead letter of ${unknown} waits; expected one of ${[...byQueue.keys()].join(', ') || 'none'}.`);
  }
  const wanted = all ? [...byQueue.keys()] : named;
  if (wanted.length === 0) return list(byQueue);
  for (const queue of wanted) {
    const results = await client.resend(queue, reason);
    const refused = results.filter(({ outcome }) => outcome === 'refused');
    const done = reason === undefined ? 'would be sent; --reason has it done' : 'are sent';
    console.log(`${queue}: ${results.length - refused.length} letters ${done}.`);
    for (const { letterId, detail } of refused) console.log(`  ${letterId} stays: ${detail}`);
  }
}

function list(byQueue: ReadonlyMap<string, readonly WaitingLetter[]>): void {
  if (byQueue.size === 0) console.log('No dead letter waits.');
  for (const [queue, letters] of byQueue) {
    const causes = Map.groupBy(letters, ({ eventType, error }) => [eventType, error].filter(Boolean).join(' '));
    console.log(`${queue}: ${letters.length} letters`);
    for (const [cause, those] of causes) console.log(`  ${those.length} ${cause || 'without a known error'}`);
  }
}
