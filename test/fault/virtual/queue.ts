/** A queue with one consumer, as SQS and Lambda make one: what fails, or ends with its process, comes again. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sqsRecord } from '../../support/api/invocations.ts';
import type { VirtualTime } from './time.ts';

export interface QueueOptions {
  readonly name: string;
  readonly time: VirtualTime;
  /** How long a message is away while it is handled. */
  readonly visibilitySeconds: number;
  readonly maxReceives: number;
  /** The consumer; undefined while its process is down. */
  readonly consumer: () => ((batch: SQSEvent) => Promise<SQSBatchResponse | void>) | undefined;
}

interface Message {
  readonly body: string;
  readonly receipt: string;
  received: number;
  /** Counts the times that it became visible: what an earlier one came to is late. */
  turn: number;
}

const DOWN_MS = 1_000;

export class VirtualQueue {
  /** The messages that were given up. */
  readonly deadLetters: string[] = [];
  readonly #options: QueueOptions;
  readonly #messages = new Map<string, Message>();
  #receipts = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  send(content: object, delayMs = 0): void {
    const receipt = `${this.#options.name}-${(this.#receipts += 1)}`;
    const message: Message = { body: JSON.stringify(content), receipt, received: 0, turn: 0 };
    this.#messages.set(receipt, message);
    this.#show(message, delayMs);
  }

  /** Puts a message that is being handled off. */
  readonly changeVisibility = async (receipt: string, seconds: number): Promise<void> => {
    const message = this.#messages.get(receipt);
    if (message) this.#show(message, 1_000 * seconds);
  };

  #show(message: Message, delayMs: number): void {
    const { time } = this.#options;
    const turn = (message.turn += 1);
    time.clock.at(time.now() + delayMs, () => {
      if (message.turn === turn && this.#messages.has(message.receipt)) this.#receive(message);
    });
  }

  #receive(message: Message): void {
    const { consumer, maxReceives, visibilitySeconds } = this.#options;
    const handle = consumer();
    if (handle === undefined) return this.#show(message, DOWN_MS);
    if (message.received >= maxReceives) {
      this.#messages.delete(message.receipt);
      this.deadLetters.push(message.body);
      return;
    }
    message.received += 1;
    this.#show(message, 1_000 * visibilitySeconds);
    handle(batchOf(message)).then(
      (answer) => {
        if (!answer || answer.batchItemFailures.length === 0) this.#messages.delete(message.receipt);
      },
      () => undefined,
    );
  }
}

const batchOf = ({ body, receipt, received }: Message): SQSEvent => ({
  Records: [sqsRecord({ id: receipt, receipt, body, attempt: received })],
});
