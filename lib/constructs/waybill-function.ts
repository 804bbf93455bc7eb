import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleDirOf, contextOf, type FunctionName } from '../functions.ts';
import { TABLES } from '../tables.ts';
import type { Saga } from './saga.ts';

export interface WaybillFunctionProps {
  /** Which function of `lib/functions.ts` this is. */
  readonly name: FunctionName;
  /** After this the invocation is ended. Keep it below the timeout of whoever waits for the answer. */
  readonly timeout: Duration;
  /** Memory, and with it the share of a processor. @default 512 MB */
  readonly memoryMb?: number;
  /** How long its log is kept. @default one month */
  readonly logRetention?: RetentionDays;
}

/** An outside partner that a function calls over HTTP. */
export interface PartnerProps {
  /** The environment variable that the adapter reads the URL from. */
  readonly variable: 'PAYMENT_GATEWAY_URL' | 'CARRIER_URL';
  readonly url: string;
}

/** Where the snapshots of orders are, and after how many events another is due. */
export interface SnapshotProps {
  readonly table: Table;
  readonly every: string;
}

const [BY_CUSTOMER] = Object.keys(TABLES.orderView.indexes);

/** How much an API function takes from each of its callers. */
export interface CallerLimitProps {
  /** Where the callers' token buckets are. */
  readonly table: Table;
  /** Requests a second that a bucket is refilled by. */
  readonly perSecond: string;
  /** Requests that a full bucket holds. */
  readonly burst: string;
}

/** Who vouches for callers: an OpenID Connect issuer, and how its tokens name this API. */
export interface IssuerProps {
  /** As tokens name it in `iss`; its discovery document is below it. */
  readonly issuer: string;
  /** As tokens name it in `aud`. */
  readonly audience: string;
}

/** How long an adapter waits for a partner's answer before it asks what happened. */
const PARTNER_TIMEOUT = Duration.seconds(2);

/**
 * One Lambda function as all of ours run: the bundle of its source file, with a log group, a role and traces of its own.
 * It may do nothing until one of the methods below says so; each gives a permission together with the environment
 * variable that names what it is for, so that neither can be forgotten.
 */
export class WaybillFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: WaybillFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CDK's default role may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleDirOf(props.name)),
      handler: 'index.handler',
      timeout: props.timeout,
      memorySize: props.memoryMb ?? 512,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: contextOf(props.name),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray has no resources to name: xray:PutTraceSegments and xray:PutTelemetryRecords are granted on * or not at all.',
    });
  }

  /** Reads an order's stream of events. */
  readsOrderLog(table: Table): this {
    return this.uses('ORDER_LOG_TABLE', table, ['dynamodb:Query']);
  }

  /** Decides on an order's whole stream and adds to it. An event cannot be changed or deleted: nobody is given the actions. */
  appendsToOrderLog(table: Table): this {
    return this.uses('ORDER_LOG_TABLE', table, ['dynamodb:Query', 'dynamodb:PutItem']);
  }

  /** Keeps the id of each command with the events that it led to, so that a repeat has no second effect and the same answer. */
  recordsCommands(table: Table): this {
    return this.uses('COMMANDS_TABLE', table, ['dynamodb:GetItem', 'dynamodb:PutItem']);
  }

  /** Loads long orders from their snapshot on. */
  readsOrderSnapshots({ table, every }: SnapshotProps): this {
    return this.uses('ORDER_SNAPSHOTS_TABLE', table, ['dynamodb:GetItem']).knows('SNAPSHOT_EVERY', every);
  }

  /** Loads long orders from their snapshot on, and takes a newer one when it is due. */
  keepsOrderSnapshots({ table, every }: SnapshotProps): this {
    return this.uses('ORDER_SNAPSHOTS_TABLE', table, ['dynamodb:GetItem', 'dynamodb:PutItem']).knows(
      'SNAPSHOT_EVERY',
      every,
    );
  }

  /** Reads customers' orders in the order in which they were placed. */
  listsOrderView(table: Table): this {
    return this.may(['dynamodb:Query'], `${table.tableArn}/index/${BY_CUSTOMER}`).knows(
      'ORDER_VIEW_TABLE',
      table.tableName,
    );
  }

  /** Replaces the view of an order by a newer one. */
  writesOrderView(table: Table): this {
    return this.uses('ORDER_VIEW_TABLE', table, ['dynamodb:GetItem', 'dynamodb:PutItem']);
  }

  /** Finds orders in the search table and shows them as their views are now. */
  searchesOrders(searchTable: Table, viewTable: Table): this {
    return this.uses('ORDER_SEARCH_TABLE', searchTable, ['dynamodb:Query']).uses('ORDER_VIEW_TABLE', viewTable, [
      'dynamodb:BatchGetItem',
    ]);
  }

  /** Enters orders into the search table, and takes out what they are no longer found by. */
  writesOrderSearch(table: Table): this {
    return this.uses('ORDER_SEARCH_TABLE', table, ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem']);
  }

  /** Holds orders of a great total until an operator has approved them. */
  holdsForReview(from: string): this {
    return this.knows('REVIEW_FROM', from);
  }

  /** Notes how far a projection is. */
  notesProgress(table: Table): this {
    return this.uses('PROJECTIONS_TABLE', table, ['dynamodb:UpdateItem']);
  }

  readsProjections(table: Table): this {
    return this.uses('PROJECTIONS_TABLE', table, ['dynamodb:GetItem']);
  }

  readsCatalogue(table: Table): this {
    return this.uses('CATALOGUE_TABLE', table, ['dynamodb:BatchGetItem']);
  }

  readsPromotions(table: Table): this {
    return this.uses('PROMOTIONS_TABLE', table, ['dynamodb:BatchGetItem']);
  }

  /** Moves stock between available and reserved, and keeps the order's reservation. */
  changesInventory(table: Table): this {
    return this.uses('INVENTORY_TABLE', table, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  /** Puts a message into a customer's inbox. */
  writesNotifications(table: Table): this {
    return this.uses('NOTIFICATIONS_TABLE', table, ['dynamodb:PutItem']);
  }

  /** Keeps records of answered requests; the one place where a record is deleted, when its request failed. */
  keepsIdempotencyRecords(table: Table): this {
    return this.uses('IDEMPOTENCY_TABLE', table, [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ]);
  }

  /** Takes each request out of its caller's token bucket. */
  limitsCallers({ table, perSecond, burst }: CallerLimitProps): this {
    return this.uses('RATE_LIMITS_TABLE', table, ['dynamodb:UpdateItem'])
      .knows('RATE_LIMIT_PER_SECOND', perSecond)
      .knows('RATE_LIMIT_BURST', burst);
  }

  publishesTo(bus: EventBus): this {
    return this.may(['events:PutEvents'], bus.eventBusArn).knows('EVENT_BUS_NAME', bus.eventBusName);
  }

  /** Starts executions of the saga's live version. */
  starts(saga: Saga): this {
    return this.may(['states:StartExecution'], saga.aliasArn).knows('SAGA_ARN', saga.aliasArn);
  }

  /** Calls a partner over HTTP and waits at most two seconds for each answer. */
  calls({ variable, url }: PartnerProps): this {
    return this.knows(variable, url).knows('PARTNER_TIMEOUT_MS', String(PARTNER_TIMEOUT.toMilliseconds()));
  }

  /** Takes a refund that the gateway has not made in so many attempts for failed. */
  givesUpAfter(attempts: string): this {
    return this.knows('REFUND_ATTEMPTS', attempts);
  }

  /** Believes tokens of this issuer that are for this API. */
  trusts({ issuer, audience }: IssuerProps): this {
    return this.knows('OIDC_ISSUER', issuer).knows('OIDC_AUDIENCE', audience);
  }

  /** Asks whether the issuer publishes its keys. */
  watchesIssuer({ issuer }: IssuerProps): this {
    return this.knows('OIDC_ISSUER', issuer);
  }

  /** Asks whether a table is there and active, without reading from it. */
  watchesTable(variable: TableVariable, table: Table): this {
    return this.uses(variable, table, ['dynamodb:DescribeTable']);
  }

  watchesBus(bus: EventBus): this {
    return this.may(['events:DescribeEventBus'], bus.eventBusArn).knows('EVENT_BUS_NAME', bus.eventBusName);
  }

  watchesSaga(saga: Saga): this {
    return this.may(['states:DescribeStateMachine'], saga.machineArn).knows('ORDER_SAGA_MACHINE_ARN', saga.machineArn);
  }

  private uses(variable: TableVariable, table: Table, actions: string[]): this {
    return this.may(actions, table.tableArn).knows(variable, table.tableName);
  }

  private may(actions: string[], resource: string): this {
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
    return this;
  }

  private knows(variable: string, value: string): this {
    this.addEnvironment(variable, value);
    return this;
  }
}

type TableVariable =
  | 'ORDER_LOG_TABLE'
  | 'COMMANDS_TABLE'
  | 'ORDER_SNAPSHOTS_TABLE'
  | 'ORDER_VIEW_TABLE'
  | 'ORDER_SEARCH_TABLE'
  | 'PROJECTIONS_TABLE'
  | 'CATALOGUE_TABLE'
  | 'PROMOTIONS_TABLE'
  | 'INVENTORY_TABLE'
  | 'NOTIFICATIONS_TABLE'
  | 'IDEMPOTENCY_TABLE'
  | 'RATE_LIMITS_TABLE';
