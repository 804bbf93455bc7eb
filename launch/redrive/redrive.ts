/** `npm run redrive`: what is in the dead-letter queues, and their messages once more to whom they were for. */
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { prefixOf } from '../../lib/stages/environment.ts';
import { addressOf } from '../shop/address.ts';
import { type DeadLetters, deadLettersOf, redrive } from './queues.ts';

const USAGE = `Usage: npm run redrive [-- [<queue>…] [--all] [--stage <name>]]
  <queue>          has the messages of this dead-letter queue handled once more, by its name in the list; several can be named
  --all            those of all that have messages
  --stage <name>   the environment, of lib/stages/stages.ts (default: the emulator at AWS_ENDPOINT_URL, or the instance on this machine)
  --help

Without a queue it lists them, and changes nothing. Correct first what the messages failed on: docs/runbooks/dead-letter-queue.md. Handling an event twice does no harm. Messages
of a schedule or a stream stay where they are: the next call of a schedule does their work, and docs/runbooks/events-not-published.md says what a stream needs.`;

try {
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean' }, stage: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) console.log(USAGE);
  else await run(positionals, values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(
  named: readonly string[],
  { all = false, stage }: { readonly all?: boolean; readonly stage?: string },
): Promise<void> {
  const { clientConfig } = await addressOf(stage, process.env);
  const sqs = new SQSClient(clientConfig);
  try {
    const queues = await deadLettersOf(sqs, `${prefixOf(stage)}-`);
    const wanted = all ? queues.filter(({ messages }) => messages > 0) : named.map((name) => queueNamed(queues, name));
    if (wanted.length === 0) return list(queues);
    for (const queue of wanted) {
      const { moved, kept } = await redrive(sqs, queue);
      const stay = kept === 0 ? '' : `, ${kept} stay: no queue was meant for them`;
      console.log(
        `${queue.name}: ${moved} messages go ${queue.source ? `to ${queue.source.name}` : 'to their queues'}${stay}.`,
      );
    }
  } finally {
    sqs.destroy();
  }
}

function queueNamed(queues: readonly DeadLetters[], wanted: string): DeadLetters {
  const found = queues.find(({ name }) => name === wanted);
  if (found) return found;
  throw new Error(
    `There is no dead-letter queue ${wanted}; expected one of ${queues.map(({ name }) => name).join(', ')}.`,
  );
}

function list(queues: readonly DeadLetters[]): void {
  const full = queues.filter(({ messages }) => messages > 0);
  if (full.length === 0) console.log(`None of the ${queues.length} dead-letter queues has a message.`);
  for (const { name, messages, source } of full) {
    console.log(`${name}: ${messages} messages${source ? ` from ${source.name}` : ''}`);
  }
}
