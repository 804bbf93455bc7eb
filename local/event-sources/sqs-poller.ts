import { AwsError, type FunctionInvoker, type InvocationResult, type ServiceContext } from '../contracts.ts';
import type { ReceivedMessage } from '../sqs/queue.ts';
import type { SqsService } from '../sqs/service.ts';
import { failedItems } from './batch-answer.ts';
import { sqsEvent } from './sqs-event.ts';

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
  readonly enabled: boolean;
}

const defaultConcurrency = 2;

/**
 * Serves one mapping: receives batches, invokes the function, and deletes what it processed. What it did not process
 * stays invisible until its visibility timeout, and is then received again or moves to the dead letter queue.
 */
export class SqsPoller {
  readonly #ctx: ServiceContext;
  readonly #sqs: SqsService;
  readonly #invoker: FunctionInvoker;
  readonly #mapping: SqsMapping;
  readonly #unsubscribe: () => void;
  readonly #working = new Set<Promise<void>>();
  #gathered: ReceivedMessage[] = [];
  #cancelWindow: (() => void) | undefined;
  #wakeScheduled = false;
  #closed = false;

  constructor(
    ctx: ServiceContext,
    { sqs, invoker }: { readonly sqs: SqsService; readonly invoker: FunctionInvoker },
    mapping: SqsMapping,
  ) {
    this.#ctx = ctx;
    this.#sqs = sqs;
    this.#invoker = invoker;
    this.#mapping = mapping;
    this.#unsubscribe = sqs.onMessage(mapping.queueArn, () => this.wake());
  }

  /** Looks into the queue soon: what is sent in one turn of the event loop can then share a batch. */
  wake(): void {
    if (this.#wakeScheduled || this.#closed) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      this.#poll();
    });
  }

  /** Resolves when no batch is being worked on. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#cancelWindow?.();
    await Promise.all(this.#working);
  }

  #poll(): void {
    const { queueArn, batchSize, windowMs, maxConcurrency = defaultConcurrency } = this.#mapping;
    while (!this.#closed && this.#working.size < maxConcurrency) {
      const received = this.#sqs.receive(queueArn, batchSize - this.#gathered.length);
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
    const { clock } = this.#ctx;
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
      this.wake();
    });
    this.#working.add(work);
  }

  async #process(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queueArn, functionArn } = this.#mapping;
    try {
      const answer = await this.#invoker.invoke(functionArn, JSON.stringify(sqsEvent(queueArn, batch, this.#ctx)));
      const failed = this.#failedOf(answer, batch);
      const done = batch.filter(({ messageId }) => !failed.has(messageId));
      if (done.length > 0) {
        this.#sqs.delete(
          queueArn,
          done.map(({ receiptHandle }) => receiptHandle),
        );
      }
    } catch (error) {
      // A throttled batch waits for its visibility timeout, as on Lambda; so does one that the end of the runtime met.
      if (isUnavailable(error)) return;
      this.#ctx.warn(
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
