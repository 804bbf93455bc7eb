/** Files what is in the dead-letter queues. A message is gone from its queue only when its letter is filed. */
import { errorIn, subjectOf } from '../domain/read-message.ts';
import type { DeadLetterQueues, DeadLetterSource, DeadMessage, FilingMonitor, LetterCounts, Letters } from './ports.ts';

export interface FileDeps {
  readonly letters: Letters;
  readonly queues: DeadLetterQueues;
  readonly monitor: FilingMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** No further messages are fetched after so long: what is under way has ten seconds more. */
const LONGEST_RUN_MS = 20_000;

/** @throws Error when something could not be filed: it is in its queue still */
export async function fileLetters(deps: FileDeps, sources: readonly DeadLetterSource[]): Promise<LetterCounts> {
  const until = deps.now() + LONGEST_RUN_MS;
  const runs = await Promise.allSettled(sources.map((source) => emptyQueue(deps, source, until)));
  const counts = await deps.letters.counts();
  deps.monitor.waiting(counts.waiting + counts.failed_again);
  const failed = runs.find((run) => run.status === 'rejected');
  if (failed) throw failed.reason;
  return counts;
}

async function emptyQueue(deps: FileDeps, source: DeadLetterSource, until: number): Promise<void> {
  let failure: unknown;
  while (deps.now() < until) {
    const messages = await deps.queues.receive(source.arn);
    if (messages.length === 0) break;
    for (const message of messages) {
      try {
        await fileLetter(deps, source, message);
      } catch (error) {
        failure = deps.monitor.notFiled(error, source.name, message.messageId);
      }
    }
    if (failure !== undefined) break;
  }
  // oxlint-disable-next-line typescript/only-throw-error -- what was thrown, or what it means
  if (failure !== undefined) throw failure;
}

async function fileLetter(deps: FileDeps, { name, kind, arn, destination }: DeadLetterSource, message: DeadMessage) {
  const { messageId, resentLetter: letterId = messageId, receipt, body, attributes, sentAt } = message;
  const subject = subjectOf(body);
  await deps.letters.file(
    {
      letterId,
      messageId,
      queue: name,
      kind,
      ...subject,
      ...errorIn(kind, body, attributes),
      sentAt,
      ...(destination === undefined ? {} : { destination }),
      body,
    },
    new Date(deps.now()).toISOString(),
  );
  await deps.queues.remove(arn, receipt);
  deps.monitor.filed(name, letterId, subject);
}
