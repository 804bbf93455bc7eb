import { AwsError, type ServiceContext } from '../contracts.ts';
import { present } from '../properties.ts';
import { LongPolls } from './long-polls.ts';
import { type MessageCounts, MessageStore, type NewMessage, parseReceipt } from './message-store.ts';
import {
  MAX_MESSAGE_BYTES,
  type QueueDefinition,
  type ReceivedMessage,
  type ReceiveOptions,
  type RedrivePolicy,
  type SendOptions,
  sizeOf,
  tooLongFor,
  type VisibilityChange,
} from './queue.ts';
import { WakeUp } from './wake-up.ts';

/** SQS bills a request for every started 64 KB of payload. */
const BILLED_CHUNK_BYTES = 65_536;
const MESSAGES_PER_REQUEST = 10;
const SWEEP_EVERY_MS = 3_600_000;

interface DefinedQueue {
  readonly definition: QueueDefinition;
  readonly wakeUp: WakeUp;
}

/**
 * Standard queues on the runtime's store, as the other services in this process use them. A change is durable when its
 * method returns.
 *
 * Requests are metered as SQS bills them, but for receives that find nothing: on AWS, the pollers of an event source mapping
 * make them at a rate that depends on time, not on traffic; here pollers are woken instead.
 */
export class StandardQueues {
  readonly #context: ServiceContext;
  readonly #messages: MessageStore;
  readonly #queues = new Map<string, DefinedQueue>();
  readonly #polls: LongPolls;
  #cancelSweep: () => void;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#messages = new MessageStore(context.store);
    this.#polls = new LongPolls(context.clock);
    this.#cancelSweep = this.#sweepLater();
  }

  /** Makes a queue, or changes it: its messages and its receivers stay. @throws Error for a FIFO queue. */
  define(definition: QueueDefinition): void {
    const { name, arn } = definition;
    if (definition.fifo === true || name.endsWith('.fifo')) {
      throw new Error(`The queue ${name} is FIFO; the embedded runtime has standard queues only.`);
    }
    const wakeUp =
      this.#queues.get(arn)?.wakeUp ?? new WakeUp(this.#context.clock, (now) => this.#messages.nextVisible(arn, now));
    this.#queues.set(arn, { definition, wakeUp });
    this.#messages.expire(arn, this.#expiredAt(definition));
    wakeUp.rearm();
  }

  /** With its messages. */
  undefine(queueArn: string): void {
    this.#queue(queueArn).wakeUp.close();
    this.#queues.delete(queueArn);
    this.#messages.purge(queueArn);
  }

  /** Answers the message id. @throws AwsError when the queue does not exist or the message is not allowed. */
  send(queueArn: string, body: string, options: SendOptions = {}): string {
    return this.sendAll(queueArn, [{ body, ...options }])[0]!;
  }

  /** As one request: all messages or none. */
  sendAll(queueArn: string, messages: readonly ({ readonly body: string } & SendOptions)[]): string[] {
    const queue = this.#queue(queueArn);
    const sentAt = this.#context.clock.now();
    const bytes = messages.reduce((sum, message) => sum + sizeOf(message.body, message.messageAttributes), 0);
    const { maxBytes = MAX_MESSAGE_BYTES } = queue.definition;
    if (bytes > (messages.length > 1 ? MAX_MESSAGE_BYTES : maxBytes)) {
      throw new AwsError('InvalidParameterValue', tooLongFor(maxBytes));
    }
    const added = messages.map(
      ({ body, messageAttributes, delayMs }): NewMessage => ({
        messageId: this.#context.newId(),
        body,
        ...present({ messageAttributes }),
        sentAt,
        visibleAt: sentAt + (delayMs ?? queue.definition.delayMs),
      }),
    );
    this.#messages.add(queueArn, added);
    this.#meter(queue, 1, bytes);
    for (const visibleAt of new Set(added.map((message) => message.visibleAt))) queue.wakeUp.visibleFrom(visibleAt);
    return added.map(({ messageId }) => messageId);
  }

  /** At most `max` visible messages, which are then invisible until their timeout. */
  receive(queueArn: string, max: number, options: ReceiveOptions = {}): ReceivedMessage[] {
    const queue = this.#queue(queueArn);
    const { visibilityTimeoutMs } = queue.definition;
    const redrive = this.#redriveOf(queue);
    const now = this.#context.clock.now();
    const timeoutMs = options.visibilityTimeoutMs ?? visibilityTimeoutMs;
    const { messages, redriven } = this.#messages.receive({
      queue: queueArn,
      now,
      max,
      visibilityTimeoutMs: timeoutMs,
      expiredAt: this.#expiredAt(queue.definition),
      ...present({ redrive }),
    });
    if (messages.length > 0) {
      const bytes = messages.reduce((sum, message) => sum + sizeOf(message.body, message.messageAttributes), 0);
      this.#meter(queue, Math.ceil(messages.length / MESSAGES_PER_REQUEST), bytes);
      if (timeoutMs > 0) queue.wakeUp.visibleFrom(now + timeoutMs);
    }
    if (redriven > 0) this.#queues.get(redrive!.deadLetterArn)?.wakeUp.visibleFrom(now);
    return messages;
  }

  /** Like `receive`, but waits for at most `waitMs` while there is nothing. */
  async receiveWaiting(
    queueArn: string,
    max: number,
    waitMs: number,
    options: ReceiveOptions = {},
  ): Promise<ReceivedMessage[]> {
    return this.#polls.receive(
      () => this.receive(queueArn, max, options),
      waitMs,
      (listener) => this.onMessage(queueArn, listener),
    );
  }

  /** Deletes as one request per ten handles. A handle from before a later receive deletes nothing, as on SQS. */
  delete(queueArn: string, receiptHandles: readonly string[]): void {
    const queue = this.#queue(queueArn);
    this.#messages.delete(queueArn, receiptHandles.map(parseReceipt));
    this.#meter(queue, Math.ceil(receiptHandles.length / MESSAGES_PER_REQUEST));
  }

  /** The message becomes visible in `timeoutMs` from now. @throws AwsError `MessageNotInflight`. */
  changeVisibility(queueArn: string, receiptHandle: string, timeoutMs: number): void {
    const [changed] = this.changeVisibilities(queueArn, [{ receiptHandle, timeoutMs }]);
    if (changed !== true) {
      throw new AwsError('MessageNotInflight', 'The message is not in flight under this receipt handle.');
    }
  }

  /** As one request; tells for each change whether its message was in flight. */
  changeVisibilities(queueArn: string, changes: readonly VisibilityChange[]): boolean[] {
    const queue = this.#queue(queueArn);
    const now = this.#context.clock.now();
    this.#meter(queue, 1);
    return changes.map(({ receiptHandle, timeoutMs }) => {
      const changed = this.#messages.changeVisibility(queueArn, parseReceipt(receiptHandle), now, now + timeoutMs);
      if (changed) queue.wakeUp.visibleFrom(now + timeoutMs);
      return changed;
    });
  }

  /** Makes messages in flight visible at once: for a receiver that knows that the earlier receivers have ended. */
  release(queueArn: string): void {
    const { wakeUp } = this.#queue(queueArn);
    const now = this.#context.clock.now();
    this.#messages.release(queueArn, now);
    wakeUp.visibleFrom(now);
  }

  purge(queueArn: string): void {
    this.#meter(this.#queue(queueArn), 1);
    this.#messages.purge(queueArn);
  }

  /**
   * Moves visible messages out of a dead-letter queue: back to where they came from, or all to `destinationArn`. Returns how many.
   * @param limit of messages. @default none
   */
  moveMessages(deadLetterArn: string, destinationArn?: string, limit?: number): number {
    this.#queue(deadLetterArn);
    if (destinationArn !== undefined) this.#queue(destinationArn);
    const now = this.#context.clock.now();
    const moved = this.#messages.move(deadLetterArn, destinationArn, now, limit);
    for (const { wakeUp } of this.#queues.values()) wakeUp.visibleFrom(now);
    return moved;
  }

  counts(queueArn: string): MessageCounts {
    const { definition } = this.#queue(queueArn);
    return this.#messages.counts(queueArn, this.#context.clock.now(), this.#expiredAt(definition));
  }

  /** For how long the oldest message has been visible or in flight; 0 without one. */
  oldestAgeMs(queueArn: string): number {
    const now = this.#context.clock.now();
    return now - (this.#messages.oldestSentAt(queueArn, now) ?? now);
  }

  /** Calls `listener` whenever messages may have become visible. Returns what ends the subscription. */
  onMessage(queueArn: string, listener: () => void): () => void {
    return this.#queue(queueArn).wakeUp.subscribe(listener);
  }

  definitions(): QueueDefinition[] {
    return [...this.#queues.values()].map(({ definition }) => definition);
  }

  /** @throws AwsError `QueueDoesNotExist` */
  definitionOf(queueArn: string): QueueDefinition {
    return this.#queue(queueArn).definition;
  }

  /** Answers waiting receivers with no messages, and stops waking listeners. */
  close(): void {
    this.#cancelSweep();
    this.#polls.close();
    for (const { wakeUp } of this.#queues.values()) wakeUp.close();
  }

  #queue(arn: string): DefinedQueue {
    const queue = this.#queues.get(arn);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /** Without its dead-letter queue, a queue keeps its messages. */
  #redriveOf({ definition: { redrive } }: DefinedQueue): RedrivePolicy | undefined {
    return redrive && this.#queues.has(redrive.deadLetterArn) ? redrive : undefined;
  }

  #expiredAt({ retentionMs }: QueueDefinition): number {
    return this.#context.clock.now() - retentionMs;
  }

  #meter({ definition: { name } }: DefinedQueue, requests: number, bytes = 0): void {
    this.#context.meter.count('sqs.requests', name, Math.max(requests, Math.ceil(bytes / BILLED_CHUNK_BYTES)));
  }

  /** Expired messages are never received; this only frees their space. */
  #sweepLater(): () => void {
    const { clock } = this.#context;
    return clock.at(clock.now() + SWEEP_EVERY_MS, () => {
      for (const { definition } of this.#queues.values()) {
        this.#messages.expire(definition.arn, this.#expiredAt(definition));
      }
      this.#cancelSweep = this.#sweepLater();
    });
  }
}
