import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Call } from './alarms.ts';
import { DeadLetterFile } from './dead-letter-file.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { grant } from './grant.ts';
import { uniqueIdOf } from './group.ts';
import { mapTo } from './live-source.ts';
import type { WaybillFunction } from './waybill-function.ts';

export interface WorkQueueProps {
  /** Gets the messages in batches and answers which failed (`ReportBatchItemFailures`). */
  readonly subscriber: WaybillFunction;
  /** What the person is told that the first message in the dead-letter queue calls. */
  readonly onDeadLetter: Call;
  /** Messages handed over in one invocation at most. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for a batch that is not full: fewer, larger invocations for some delay. @default none */
  readonly batchingWindow?: Duration;
  /** How long each message waits before it is handed over; up to 15 minutes. @default not at all */
  readonly delay?: Duration;
  /** How often a message is tried before it goes to the dead-letter queue. @default 5 */
  readonly maxReceives?: number;
  /** Whether the subscriber itself says when a message that failed comes again. @default after the visibility timeout */
  readonly backsOff?: boolean;
  /** How many invocations at a time at most, from 2. @default 5 */
  readonly maxConcurrency?: number;
}

/**
 * A queue that is full waits: it takes no more of the account's concurrency than this, and leaves the rest to callers and sagas. With
 * batches of ten in a tenth of a second that is 500 messages a second.
 */
const USUAL_CONCURRENCY = 5;

const USUAL_RECEIVES = 5;

/** What Lambda does with the subscriber's role. */
const CONSUMING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** A queue whose messages one function handles; what it cannot handle ends in a dead-letter queue with an alarm. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { subscriber, onDeadLetter, batchingWindow = Duration.seconds(0) } = props;
    if (!subscriber.timeout) {
      throw new Error(`${subscriber.node.path} needs a timeout: the queue's visibility timeout follows from it.`);
    }

    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { ...onDeadLetter, kind: 'consumer' });
    this.queue = new Queue(this, 'Queue', {
      // AWS's advice: leaves room for gathering, and for the batches that a throttled function has to hand back.
      visibilityTimeout: Duration.seconds(6 * subscriber.timeout.toSeconds() + batchingWindow.toSeconds()),
      retentionPeriod: Duration.days(14),
      ...(props.delay ? { deliveryDelay: props.delay } : {}),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceives ?? USUAL_RECEIVES },
    });
    this.deadLetterQueue.destination = this.queue;
    DeadLetterFile.of(this)?.grantNote(subscriber, props.maxReceives ?? USUAL_RECEIVES);
    // CDK's grant has more: GetQueueUrl, and ChangeMessageVisibility for subscribers that never call it.
    grant(subscriber, { actions: CONSUMING, on: this.queue.queueArn }, {});
    if (props.backsOff) {
      const again = { actions: ['sqs:ChangeMessageVisibility'], on: this.queue.queueArn };
      grant(subscriber, again, { RETRY_QUEUE_URL: this.queue.queueUrl });
    }
    // As SqsEventSource does, under an id that stays the same in every group: AWS takes no second mapping of a queue.
    mapTo(subscriber, `SqsEventSource:${uniqueIdOf(this.queue)}`, {
      eventSourceArn: this.queue.queueArn,
      batchSize: props.batchSize ?? 10,
      ...(batchingWindow.toSeconds() > 0 ? { maxBatchingWindow: batchingWindow } : {}),
      reportBatchItemFailures: true,
      maxConcurrency: props.maxConcurrency ?? USUAL_CONCURRENCY,
    });
  }

  /** Lets a function send messages, and tells it the URL in this environment variable. */
  grantSend(sender: WaybillFunction, variable: string): void {
    grant(sender, { actions: ['sqs:SendMessage'], on: this.queue.queueArn }, { [variable]: this.queue.queueUrl });
  }
}
