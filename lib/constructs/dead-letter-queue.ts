import { Duration, Validations } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { LetterKind } from '../../functions/shared/kernel/letter-kind.ts';
import { removalPolicyOf } from '../stages/environment.ts';
import { alarmOnFirstMessage, type Call } from './alarms.ts';

/**
 * The end of messages that could not be handled, for as long as SQS keeps them (14 days); the first one raises an alarm,
 * with the call that says what it means. It outlives its stack where data does.
 */
export class DeadLetterQueue extends Queue {
  /** Whose it is, in the names that operators read: that of what it belongs to. */
  readonly of: string;
  readonly kind: LetterKind;
  /** Where its letters go when they are resent. @default they cannot be */
  destination: IQueue | undefined;

  constructor(scope: Construct, id: string, { kind, ...call }: Call & { readonly kind: LetterKind }) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      removalPolicy: removalPolicyOf(scope),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.of = scope.node.id;
    this.kind = kind;
    alarmOnFirstMessage(this, call);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is a dead-letter queue; the rule sees those of queues only, not those of event rules and stream sources.',
    });
  }
}
