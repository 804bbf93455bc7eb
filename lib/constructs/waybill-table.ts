import { CfnOutput } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { environmentOf, removalPolicyOf } from '../stages/environment.ts';
import { grant } from './grant.ts';
import type { Probe } from './probe.ts';

/** A table as the context that owns it says it in its `tables.ts`. */
export interface TableShape {
  /** The environment variable that tells functions its name. */
  readonly variable: string;
  readonly partitionKey: string;
  /** @default none */
  readonly sortKey?: string;
  /** The attribute with the second (since 1970) after which an item may go. @default items stay */
  readonly timeToLive?: string;
  /** By name. @default none */
  readonly indexes?: Readonly<Record<string, IndexShape>>;
}

export interface IndexShape {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** What it holds beside the keys. @default nothing */
  readonly attributes?: readonly string[];
}

export interface WaybillTableProps {
  /** @default text */
  readonly sortKeyType?: AttributeType;
  /** Whether new items can be read as a stream, for a table that is an outbox. @default false */
  readonly stream?: boolean;
}

const LONGEST_RECOVERY_DAYS = 35;

/**
 * A table on demand, recoverable to any second of the last days, encrypted with a key whose use CloudTrail records. It is kept when its stack is
 * deleted, except in an environment that comes and goes.
 */
export class WaybillTable extends Table {
  readonly #variable: string;

  constructor(scope: Construct, id: string, shape: TableShape, props: WaybillTableProps = {}) {
    const { partitionKey, sortKey, timeToLive, indexes = {} } = shape;
    const { keepsData, recoveryDays } = environmentOf(scope);
    super(scope, id, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey ? { sortKey: { name: sortKey, type: props.sortKeyType ?? AttributeType.STRING } } : {}),
      ...(timeToLive ? { timeToLiveAttribute: timeToLive } : {}),
      ...(props.stream ? { stream: StreamViewType.NEW_IMAGE } : {}),
      removalPolicy: removalPolicyOf(scope),
      deletionProtection: keepsData,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, ...whenOther(recoveryDays) },
    });
    this.#variable = shape.variable;
    for (const [indexName, index] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        ...(index.attributes
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.attributes] }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      });
    }
    new CfnOutput(scope, `${id}TableName`, { value: this.tableName });
  }

  /** Lets a function do these things with items, such as `GetItem`, and tells it the name of the table. */
  grantTo(receiver: LambdaFunction, ...actions: string[]): void {
    this.#grantOn(this.tableArn, receiver, actions);
  }

  /** The same on one of its indexes only. */
  grantIndexTo(receiver: LambdaFunction, index: string, ...actions: string[]): void {
    this.#grantOn(`${this.tableArn}/index/${index}`, receiver, actions);
  }

  /** Asks whether the table is there and active, without reading from it. */
  probe(name: string): Probe {
    const permission = { actions: ['dynamodb:DescribeTable'], on: this.tableArn };
    return { name, kind: 'table', target: this.tableName, permission };
  }

  #grantOn(on: string, receiver: LambdaFunction, actions: readonly string[]): void {
    grant(
      receiver,
      { actions: actions.map((action) => `dynamodb:${action}`), on },
      { [this.#variable]: this.tableName },
    );
  }
}

/** Without a number, DynamoDB keeps what it takes for as long as it can. */
const whenOther = (days: number) => (days === LONGEST_RECOVERY_DAYS ? {} : { recoveryPeriodInDays: days });
