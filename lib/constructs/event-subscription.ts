import { Duration } from 'aws-cdk-lib';
import { type EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { uniqueIdOf } from './group.ts';

export interface EventSubscriptionProps {
  readonly bus: EventBus;
  /** Which events of the bus; see EventBridge's patterns. */
  readonly pattern: EventPattern;
  /** Gets the events in batches and answers which messages failed (`ReportBatchItemFailures`). */
  readonly subscriber: LambdaFunction;
  /** Messages handed over in one invocation at most. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for a batch that is not full: fewer, larger invocations for some delay. @default none */
  readonly batchingWindow?: Duration;
  /** How often a message is tried before it goes to the dead-letter queue. @default 5 */
  readonly maxReceives?: number;
  /** Whether the subscriber itself says when a message that failed comes again. @default after the visibility timeout */
  readonly backsOff?: boolean;
  /** How many invocations at a time at most, from 2. @default as many as the account allows */
  readonly maxConcurrency?: number;
}

/**
 * One subscriber of the bus: rule → queue → function. The queue holds events while the subscriber is slow or broken,
 * without the other subscribers noticing; what cannot be delivered or handled ends in a dead-letter queue with an alarm.
 */
export class EventSubscription extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: EventSubscriptionProps) {
    super(scope, id);
    const { bus, pattern, subscriber, batchingWindow = Duration.seconds(0) } = props;
    if (!subscriber.timeout) {
      throw new Error(`${subscriber.node.path} needs a timeout: the queue's visibility timeout follows from it.`);
    }

    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      severity: 'critical',
      description: `${subscriber.node.id} could not handle an event, or the event never reached its queue.`,
      runbook: 'dead-letter-queue',
    });
    this.queue = new Queue(this, 'Queue', {
      // AWS's advice: leaves room for gathering, and for the batches that a throttled function has to hand back.
      visibilityTimeout: Duration.seconds(6 * subscriber.timeout.toSeconds() + batchingWindow.toSeconds()),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceives ?? 5 },
    });
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: pattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetterQueue })],
    });
    this.queue.grantConsumeMessages(subscriber);
    // The permission to consume messages covers that.
    if (props.backsOff) subscriber.addEnvironment('RETRY_QUEUE_URL', this.queue.queueUrl);
    // As SqsEventSource does, under an id that stays the same in every group: AWS takes no second mapping of a queue.
    subscriber.addEventSourceMapping(`SqsEventSource:${uniqueIdOf(this.queue)}`, {
      eventSourceArn: this.queue.queueArn,
      batchSize: props.batchSize ?? 10,
      ...(batchingWindow.toSeconds() > 0 ? { maxBatchingWindow: batchingWindow } : {}),
      reportBatchItemFailures: true,
      ...(props.maxConcurrency === undefined ? {} : { maxConcurrency: props.maxConcurrency }),
    });
  }
}
