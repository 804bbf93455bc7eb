import { ArnFormat, Aspects, Aws, type IAspect, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct, IConstruct } from 'constructs';
import { environmentOf, removalPolicyOf } from '../stages/environment.ts';
import { sagaLogsOf } from './saga-logs.ts';

const KEYS = 'Keys';
const KEY = 'CustomerKey';
/** How long SQS goes on with a data key before it asks for another one. */
const QUEUE_DATA_KEY_SECONDS = 3_600;

const READ = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE = [...READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
/** What whoever does this with a resource has to be allowed with its key, through the service alone (AWS, "Key management" of each service). */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ...actions('dynamodb', ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'GetRecords', 'GetShardIterator'], READ),
  ...actions('dynamodb', ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'], WRITE),
  ...actions('sqs', ['ReceiveMessage'], ['kms:Decrypt']),
  ...actions('sqs', ['SendMessage'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ...actions('secretsmanager', ['GetSecretValue'], ['kms:Decrypt']),
  ...actions('secretsmanager', ['PutSecretValue'], ['kms:Decrypt', 'kms:GenerateDataKey']),
};

/**
 * The key of the environment's own that everything is encrypted with that is kept: tables, queues, logs, the topic of alarms and credentials. It is rotated each
 * year, and has a stack of its own, before all others. Only an environment that asks for it has one (`customerManagedKey` of a stage).
 * See docs/decisions/0139-a-stage-can-have-a-key-of-its-own.md.
 */
export class CustomerKey extends Key implements IAspect {
  /** Makes it, before anything that is to be encrypted with it; does nothing in an environment without. */
  static provide(app: Construct, stackNamed: (name: string, description: string) => Stack): void {
    if (!environmentOf(app).customerManagedKey) return;
    Aspects.of(app).add(new CustomerKey(stackNamed(KEYS, 'the key of what is kept'), KEY));
  }

  /** @returns undefined in an environment without */
  static of(scope: Construct): Key | undefined {
    const stack = scope.node.root.node.tryFindChild(`${environmentOf(scope).prefix}-${KEYS}`);
    return stack?.node.tryFindChild(KEY) as Key | undefined;
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: `Data, messages, logs and credentials of ${environmentOf(scope).prefix}`,
      alias: environmentOf(scope).prefix,
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(scope),
    });
    for (const statement of [...ownedServices(), logs(this)]) this.addToResourcePolicy(statement);
  }

  visit(construct: IConstruct): void {
    if (construct instanceof CfnTable) {
      construct.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: this.keyArn };
    } else if (construct instanceof CfnQueue) {
      construct.sqsManagedSseEnabled = undefined;
      construct.kmsMasterKeyId = this.keyArn;
      construct.kmsDataKeyReusePeriodSeconds = QUEUE_DATA_KEY_SECONDS;
    } else if (construct instanceof CfnLogGroup || construct instanceof CfnSecret) {
      construct.kmsKeyId = this.keyArn;
    } else if (construct instanceof CfnTopic) {
      construct.kmsMasterKeyId = this.keyArn;
    }
  }
}

/** Allows a function what it needs of the key to do these things, through the service that they are done with; nothing in an environment without one. */
export function grantKey(receiver: LambdaFunction, done: readonly string[]): void {
  const key = CustomerKey.of(receiver);
  if (!key) return;
  for (const [service, those] of Map.groupBy(done, (action) => action.slice(0, action.indexOf(':')))) {
    const needed = [...new Set(those.flatMap((action) => NEEDED[action] ?? []))].sort();
    if (needed.length === 0) continue;
    receiver.addToRolePolicy(
      new PolicyStatement({
        actions: needed,
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
      }),
    );
  }
}

/** EventBridge puts events into queues, and CloudWatch tells the topic of alarms: each for this account alone. */
const ownedServices = (): PolicyStatement[] =>
  ['events.amazonaws.com', 'cloudwatch.amazonaws.com'].map(
    (service) =>
      new PolicyStatement({
        principals: [new ServicePrincipal(service)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
  );

/** CloudWatch Logs, for the log groups of this environment's stacks. */
function logs(key: Key): PolicyStatement {
  const { prefix } = environmentOf(key);
  const groups = [`${prefix}-*`, `${sagaLogsOf(prefix)}-*`].map((resourceName) =>
    Stack.of(key).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  return new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
  });
}

function actions(service: string, names: readonly string[], needed: readonly string[]) {
  return Object.fromEntries(names.map((name) => [`${service}:${name}`, needed]));
}
