import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { TABLES } from '../tables.ts';

export interface StatefulStackProps extends StackProps {
  /** For environments that come and go, such as one per branch: tables are deleted with the stack. @default false */
  readonly ephemeral?: boolean;
}

/** What must survive every deployment: the tables. */
export class StatefulStack extends Stack {
  /** Every order's events; its stream is the outbox, and it is the only table with one. */
  readonly orderLog: Table;
  readonly commands: Table;
  /** Whole orders, personal data and all: it is kept, encrypted and removed as the log is. */
  readonly orderSnapshots: Table;
  readonly orderView: Table;
  readonly orderSearch: Table;
  readonly projections: Table;
  readonly catalogue: Table;
  readonly promotions: Table;
  readonly inventory: Table;
  readonly notifications: Table;
  readonly idempotency: Table;
  readonly rateLimits: Table;

  readonly #protection: Pick<TableProps, 'removalPolicy' | 'deletionProtection'>;

  constructor(scope: Construct, id: string, props: StatefulStackProps = {}) {
    super(scope, id, props);
    this.#protection = props.ephemeral
      ? { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }
      : { removalPolicy: RemovalPolicy.RETAIN, deletionProtection: true };

    this.orderLog = this.table('OrderLog', {
      ...stringKey(TABLES.orderLog.partitionKey),
      sortKey: { name: TABLES.orderLog.sortKey, type: AttributeType.NUMBER },
      stream: StreamViewType.NEW_IMAGE,
    });
    this.commands = this.table('Commands', stringKey(TABLES.commands.partitionKey));
    this.orderSnapshots = this.table('OrderSnapshots', stringKey(TABLES.orderSnapshots.partitionKey));
    this.orderView = this.table('OrderView', stringKey(TABLES.orderView.partitionKey));
    for (const [indexName, { partitionKey, sortKey, attributes }] of Object.entries(TABLES.orderView.indexes)) {
      this.orderView.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...attributes],
      });
    }
    this.orderSearch = this.table('OrderSearch', {
      ...stringKey(TABLES.orderSearch.partitionKey),
      sortKey: { name: TABLES.orderSearch.sortKey, type: AttributeType.STRING },
    });
    this.projections = this.table('Projections', stringKey(TABLES.projections.partitionKey));
    this.catalogue = this.table('Catalogue', stringKey(TABLES.catalogue.partitionKey));
    this.promotions = this.table('Promotions', stringKey(TABLES.promotions.partitionKey));
    this.inventory = this.table('Inventory', stringKey(TABLES.inventory.partitionKey));
    this.notifications = this.table('Notifications', {
      ...stringKey(TABLES.notifications.partitionKey),
      sortKey: { name: TABLES.notifications.sortKey, type: AttributeType.STRING },
    });
    this.idempotency = this.table('Idempotency', {
      ...stringKey(TABLES.idempotency.partitionKey),
      timeToLiveAttribute: TABLES.idempotency.timeToLive,
    });
    this.rateLimits = this.table('RateLimits', {
      ...stringKey(TABLES.rateLimits.partitionKey),
      timeToLiveAttribute: TABLES.rateLimits.timeToLive,
    });
  }

  /** On demand, recoverable to any second of the last 35 days, encrypted with a key whose use CloudTrail records. */
  private table(id: string, shape: TableShape): Table {
    const table = new Table(this, id, {
      ...shape,
      ...this.#protection,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    new CfnOutput(this, `${id}TableName`, { value: table.tableName });
    return table;
  }
}

/** What one table has and another has not. */
type TableShape = Pick<TableProps, 'sortKey' | 'stream' | 'timeToLiveAttribute'> & { readonly partitionKey: Attribute };

const stringKey = (name: string) => ({ partitionKey: { name, type: AttributeType.STRING } });
