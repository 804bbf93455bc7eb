import { Duration, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { removalPolicyOf } from '../stages/environment.ts';
import { alarmOnFirstMessage, type Call } from './alarms.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { grant } from './grant.ts';

/** The call says what a message means and what to do about it. */
export interface HoldingQueueProps extends Call {
  /** @default the account's default bus, which carries the events of AWS itself */
  readonly bus?: EventBus;
  /** The events that come here. @default only what functions put here */
  readonly pattern?: EventPattern;
}

/**
 * What waits for an operator: no function consumes it, the first message raises an alarm, and SQS keeps messages 14
 * days, also when the stack is deleted, where data outlives it.
 */
export class HoldingQueue extends Construct {
  readonly queue: Queue;
  /** On the first message. */
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: HoldingQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: Duration.days(14),
      removalPolicy: removalPolicyOf(this),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.alarm = alarmOnFirstMessage(this.queue, props);
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'People look into it: a message that was looked at several times is not one that failed, and must stay where they look.',
    });
    if (props.pattern) this.#fill(props, props.pattern);
  }

  /** Lets a function put messages here, and tells it the URL in this environment variable. */
  grantPut(sender: LambdaFunction, variable: string): void {
    grant(sender, { actions: ['sqs:SendMessage'], on: this.queue.queueArn }, { [variable]: this.queue.queueUrl });
  }

  #fill({ bus, severity, description }: HoldingQueueProps, eventPattern: EventPattern): void {
    const deadLetterQueue = new DeadLetterQueue(this, 'Undelivered', {
      severity,
      description: `An event could not be put into the queue ${this.node.id}. ${description}`,
      runbook: 'dead-letter-queue',
      kind: 'rule',
    });
    deadLetterQueue.destination = this.queue;
    new Rule(this, 'Rule', {
      ...(bus ? { eventBus: bus } : {}),
      eventPattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue })],
    });
  }
}
