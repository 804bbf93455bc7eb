import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type EventSourceMappingOptions, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { alarm } from './alarms.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { grant } from './grant.ts';
import { mapTo } from './live-source.ts';
import type { WaybillFunction } from './waybill-function.ts';

export interface OutboxRelayProps {
  /** Its stream is the outbox. @throws Error at synthesis when it has none. */
  readonly table: Table;
  /** Gets the stream's records and answers the first that failed (`ReportBatchItemFailures`). */
  readonly relay: WaybillFunction;
  /** Records handed over in one invocation at most. @default 100 */
  readonly batchSize?: number;
  /** How often a failing record is tried again while those behind it wait. @default 50 */
  readonly retries?: number;
  /** A record older than this is discarded. @default 12 hours, half of what the stream keeps */
  readonly maxRecordAge?: Duration;
}

/**
 * Hands what is written to a table on to the relay, in order within each partition key. A batch that fails is halved
 * until the bad record stands alone; a record that keeps failing goes to a dead-letter queue (as its position in the
 * stream), so that one poisoned record cannot hold up the others for ever.
 */
export class OutboxRelay extends Construct {
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: OutboxRelayProps) {
    super(scope, id);
    const { table, relay } = props;
    const { tableStreamArn } = table;
    if (!tableStreamArn) throw new Error(`${table.node.path} has no stream: it cannot be an outbox.`);

    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      severity: 'critical',
      description: 'Recorded events were never published, so what should follow from them does not happen.',
      runbook: 'events-not-published',
      kind: 'stream',
    });
    // What CDK's own destination grants has GetQueueUrl and GetQueueAttributes, too, which Lambda does not ask for.
    grant(relay, { actions: ['sqs:SendMessage'], on: this.deadLetterQueue.queueArn }, {});
    const reading = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    grant(relay, { actions: reading, on: tableStreamArn }, {});
    relay.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${table.tableArn}/stream/*`] }),
    );
    Validations.of(relay.role!).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${exportName(table)}/stream/*]`,
      reason:
        'Lambda lists the streams of this one table to find its own; ListStreams is authorised on all streams of a table or on none.',
    });
    const source: EventSourceMappingOptions = {
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize ?? 100,
      bisectBatchOnError: true,
      retryAttempts: props.retries ?? 50,
      maxRecordAge: props.maxRecordAge ?? Duration.hours(12),
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: this.deadLetterQueue.queueArn }) },
    };
    const mapping = mapTo(relay, 'Source', source, this);
    // Lambda refuses the mapping unless its role may read the stream already.
    mapping.node.addDependency(relay.role!);

    alarm(this, 'Behind', {
      metric: relay.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(1).toMilliseconds(),
      evaluationPeriods: 5,
      severity: 'critical',
      description:
        'Events wait for more than a minute before they are published: what should follow from them is late.',
      runbook: 'events-published-late',
    });
  }
}

/** How findings call the table: by what its stack exports. */
function exportName(table: Table): string {
  const stack = Stack.of(table);
  const reference = stack.resolve(stack.exportValue(table.tableArn)) as { 'Fn::ImportValue': string };
  return reference['Fn::ImportValue'];
}
