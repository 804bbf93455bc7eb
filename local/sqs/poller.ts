import { AwsError, type FunctionInvoker, type InvocationResult, type ServiceContext } from '../contracts.ts';
import { failedItems, type Poller } from '../event-source.ts';
import { sqsEvent } from './lambda-event.ts';
import type { ReceivedMessage } from './queue.ts';
import type { StandardQueues } from './standard-queues.ts';

/** An event source mapping from a queue to a function. */
export interface SqsMapping {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long to gather a batch that is not full yet; 0 hands over what is there. */
  readonly windowMs: number;
  /** Batches that the function works on at once. @default 2 */
  readonly maxConcurrency?: number;
  readonly reportBatchItemFailures: boolean;
}

const DEFAULT_CONCURRENCY = 2;
/** How long `close` waits for batches that a function is working on. */
const CLOSE_GRACE_MS = 300;

/**
 * Serves one mapping: receives batches, invokes the function, and deletes what it processed. What it did not process
 * stays invisible until its visibility timeout, and is then received again or moves to the dead-letter queue.
 * The poller sleeps until its queue has something.
 */
export class SqsPoller implements Poller {
  readonly #context: ServiceContext;
  readonly #queues: StandardQueues;
  readonly #invoker: FunctionInvoker;
  readonly #mapping: SqsMapping;
  readonly #unsubscribe: () => void;
  readonly #working = new Set<Promise<void>>();
  #gathered: ReceivedMessage[] = [];
  #cancelWindow: (() => void) | undefined;
  #wakeScheduled = false;
  #closed = false;

  /** Makes messages of the queue that are in flight visible: the function that had them was part of an earlier process. */
  constructor(context: ServiceContext, queues: StandardQueues, invoker: FunctionInvoker, mapping: SqsMapping) {
    this.#context = context;
    this.#queues = queues;
    this.#invoker = invoker;
    this.#mapping = mapping;
    this.#unsubscribe = queues.onMessage(mapping.queueArn, () => this.#wake());
    queues.release(mapping.queueArn);
    this.#wake();
  }

  /** Takes nothing new, and waits a moment for what is being worked on; the rest is received again after a restart. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#cancelWindow?.();
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_GRACE_MS);
    });
    await Promise.race([Promise.all(this.#working), grace]);
    clearTimeout(timer);
  }

  /** Looks into the queue soon: what is sent in one turn of the event loop can then share a batch. */
  #wake(): void {
    if (this.#wakeScheduled || this.#closed) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      this.#pollWhatIsThere();
    });
  }

  #pollWhatIsThere(): void {
    try {
      this.#poll();
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'QueueDoesNotExist') throw error;
      this.#closed = true;
      this.#context.warn(
        `The queue ${this.#mapping.queueArn} was deleted: ${this.#mapping.functionArn} gets no more of it.`,
      );
    }
  }

  #poll(): void {
    const { queueArn, batchSize, windowMs, maxConcurrency = DEFAULT_CONCURRENCY } = this.#mapping;
    while (!this.#closed && this.#working.size < maxConcurrency) {
      const received = this.#queues.receive(queueArn, batchSize - this.#gathered.length);
      this.#gathered.push(...received);
      const full = this.#gathered.length === batchSize;
      if (this.#gathered.length > 0 && (full || windowMs === 0)) {
        this.#handOver();
      } else {
        if (this.#gathered.length > 0) this.#openWindow();
        return;
      }
    }
  }

  #openWindow(): void {
    const { clock } = this.#context;
    this.#cancelWindow ??= clock.at(clock.now() + this.#mapping.windowMs, () => {
      this.#cancelWindow = undefined;
      this.#handOver();
    });
  }

  #handOver(): void {
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
    const batch = this.#gathered;
    this.#gathered = [];
    const work: Promise<void> = this.#process(batch).finally(() => {
      this.#working.delete(work);
      this.#wake();
    });
    this.#working.add(work);
  }

  async #process(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queueArn, functionArn } = this.#mapping;
    try {
      const answer = await this.#invoker.invoke(functionArn, JSON.stringify(sqsEvent(queueArn, batch, this.#context)));
      const failed = this.#failedOf(answer, batch);
      const done = batch.filter(({ messageId }) => !failed.has(messageId));
      if (done.length > 0) {
        this.#queues.delete(
          queueArn,
          done.map(({ receiptHandle }) => receiptHandle),
        );
      }
    } catch (error) {
      // A throttled batch waits for its visibility timeout, as on Lambda; so does one that was interrupted by the runtime's end.
      if (isUnavailable(error)) return;
      this.#context.warn(
        `A batch of ${queueArn} could not be given to ${functionArn}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #failedOf(answer: InvocationResult, batch: readonly ReceivedMessage[]): ReadonlySet<string> {
    const ids = batch.map(({ messageId }) => messageId);
    if (this.#mapping.reportBatchItemFailures) return failedItems(answer, ids);
    return new Set(answer.functionError === undefined ? [] : ids);
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof AwsError && (error.status === 429 || error.status >= 500);
