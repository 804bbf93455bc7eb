import { AwsError, type Deliver, type InvocationResult, type ServiceContext } from '../contracts.ts';
import { failedItems } from '../event-source.ts';
import { present } from '../properties.ts';
import { type DiscardCondition, onFailureRecord } from './on-failure-record.ts';
import type { StreamMapping } from './stream-mapping.ts';
import { lambdaRecord, type StreamRecord, sequenceNumberOf } from './stream-record.ts';

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;
const ROUNDED_BY_MS = 60_000;

export interface BatchServices {
  readonly context: Pick<ServiceContext, 'clock' | 'region' | 'warn' | 'newId' | 'metrics'>;
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Delivers to the mapping's destination for what is given up. */
  readonly deliver: Deliver;
  /** Records up to this one need no more handling. */
  readonly checkpoint: (sequenceNumber: string) => void;
  /** Resolves after the time, or at once when the mapping is closed. */
  readonly pause: (ms: number) => Promise<void>;
  readonly isClosed: () => boolean;
}

/** How an invocation ended: `handled` is the number of records, from the first on, that need not be handed over again. */
interface Attempt {
  readonly handled: number;
  /** What Lambda answered; absent when the function could not be invoked. */
  readonly result?: InvocationResult;
  /** A function without capacity is asked again until the record is too old; that does not use up retries. */
  readonly throttled: boolean;
}

/** Hands the records of one shard over, with Lambda's rules for failures. */
export class StreamBatch {
  readonly #mapping: StreamMapping;
  readonly #shardId: string;
  readonly #services: BatchServices;

  constructor(mapping: StreamMapping, shardId: string, services: BatchServices) {
    this.#mapping = mapping;
    this.#shardId = shardId;
    this.#services = services;
  }

  /**
   * Resolves when every record is handled or given up, and the checkpoint says so, or when the mapping is closed.
   *
   * A retry starts with the first record that failed, and counts the attempts since that record became the first one.
   * Halving a batch is no retry, as on AWS.
   */
  async handOver(records: readonly StreamRecord[], attemptsBefore = 0): Promise<void> {
    let rest = records;
    let attempts = attemptsBefore;
    while (!this.#services.isClosed()) {
      rest = await this.#giveUpOld(rest, attempts);
      if (rest.length === 0) return;
      const attempt = await this.#attempt(rest);
      if (attempt.handled > 0) {
        this.#services.checkpoint(sequenceNumberOf(rest[attempt.handled - 1]!));
        rest = rest.slice(attempt.handled);
        attempts = 0;
        if (rest.length === 0) return;
      }
      if (!attempt.throttled) attempts += 1;
      if (this.#mapping.bisect === true && rest.length > 1 && !attempt.throttled) {
        const middle = Math.ceil(rest.length / 2);
        // The last attempt was one of the whole batch, not of the halves.
        await this.handOver(rest.slice(0, middle), attempts - 1);
        return this.handOver(rest.slice(middle), attempts - 1);
      }
      const { maxRetries = -1 } = this.#mapping;
      if (maxRetries >= 0 && attempts > maxRetries) {
        return this.#giveUp('RetryAttemptsExhausted', rest, attempts, attempt.result);
      }
      await this.#services.pause(Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_RETRY_MS));
    }
  }

  async #attempt(records: readonly StreamRecord[]): Promise<Attempt> {
    const {
      context: { region, warn },
      invoke,
    } = this.#services;
    this.#measureAge(records);
    const payload = JSON.stringify({
      Records: records.map((record) => lambdaRecord(record, this.#mapping.tableStreamArn, region)),
    });
    try {
      const result = await invoke(payload);
      return { handled: this.#handledOf(records, result), result, throttled: false };
    } catch (error) {
      const throttled = error instanceof AwsError && error.code === 'TooManyRequestsException';
      if (!throttled) {
        warn(`${this.#mapping.functionArn} could not be invoked with records of a stream: ${(error as Error).message}`);
      }
      return { handled: 0, throttled };
    }
  }

  /** DynamoDB Local rounds the time of a record down to the minute: this is the least that the age can be. */
  #measureAge(records: readonly StreamRecord[]): void {
    const { clock, metrics } = this.#services.context;
    const writtenAt = records.at(-1)!.dynamodb.ApproximateCreationDateTime * 1_000 + ROUNDED_BY_MS;
    metrics.put({
      namespace: 'AWS/Lambda',
      name: 'IteratorAge',
      dimensions: { FunctionName: this.#mapping.functionArn.split(':').at(6)! },
      value: Math.max(0, clock.now() - writtenAt),
    });
  }

  #handledOf(records: readonly StreamRecord[], result: InvocationResult): number {
    if (this.#mapping.reportBatchItemFailures !== true) return result.functionError === undefined ? records.length : 0;
    const ids = records.map(sequenceNumberOf);
    const failed = failedItems(result, ids);
    const firstFailed = ids.findIndex((id) => failed.has(id));
    return firstFailed === -1 ? records.length : firstFailed;
  }

  async #giveUpOld(records: readonly StreamRecord[], attempts: number): Promise<readonly StreamRecord[]> {
    const { maxAgeMs = -1 } = this.#mapping;
    if (maxAgeMs < 0) return records;
    const oldest = this.#services.context.clock.now() - maxAgeMs;
    const firstYoung = records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime * 1000 >= oldest);
    const old = firstYoung === -1 ? records : records.slice(0, firstYoung);
    if (old.length === 0) return records;
    await this.#giveUp('RecordAgeExceeded', old, attempts);
    return records.slice(old.length);
  }

  /** The checkpoint goes past the records only when their destination has the message. */
  async #giveUp(
    condition: DiscardCondition,
    records: readonly StreamRecord[],
    attempts: number,
    result?: InvocationResult,
  ): Promise<void> {
    const { context, deliver, checkpoint, pause, isClosed } = this.#services;
    const { onFailureArn } = this.#mapping;
    const message = onFailureRecord({
      condition,
      records,
      attempts,
      mapping: this.#mapping,
      shardId: this.#shardId,
      requestId: context.newId(),
      now: context.clock.now(),
      ...present({ result }),
    });
    context.warn(`${this.#mapping.functionArn} gave up ${records.length} records of a stream (${condition}).`);
    for (let tries = 0; onFailureArn !== undefined && !isClosed(); tries++) {
      try {
        await deliver(onFailureArn, JSON.stringify(message));
        break;
      } catch (error) {
        context.warn(`Their position could not be sent to ${onFailureArn}: ${(error as Error).message}`);
        await pause(Math.min(FIRST_RETRY_MS * 2 ** Math.min(tries, 10), LONGEST_RETRY_MS));
        if (isClosed()) return;
      }
    }
    checkpoint(sequenceNumberOf(records.at(-1)!));
  }
}
