import { Duration, Validations } from 'aws-cdk-lib';
import { type EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmOnFirstMessage, type Call } from './alarms.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** The call says what a message means and what to do about it. */
export interface HoldingQueueProps extends Call {
  /** @default the account's default bus, which carries the events of AWS itself */
  readonly bus?: EventBus;
  readonly pattern: EventPattern;
}

/**
 * Events that wait for an operator: no function consumes them, the first one raises an alarm, and SQS keeps them 14
 * days.
 */
export class HoldingQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: HoldingQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    alarmOnFirstMessage(this.queue, props);
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'People look into it: a message that was looked at several times is not one that failed, and must stay where they look.',
    });
    new Rule(this, 'Rule', {
      ...(props.bus ? { eventBus: props.bus } : {}),
      eventPattern: props.pattern,
      targets: [
        new SqsQueue(this.queue, {
          deadLetterQueue: new DeadLetterQueue(this, 'Undelivered', {
            severity: props.severity,
            description: `An event could not be put into the queue ${id}. ${props.description}`,
            runbook: 'dead-letter-queue',
          }),
        }),
      ],
    });
  }
}
