import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { present } from '../properties.ts';
import type { DynamoDbProxy } from './proxy.ts';

export interface TableArns {
  readonly arn: string;
  /** Present when the table has a stream. */
  readonly streamArn?: string;
}

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}
interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}
interface GlobalIndex {
  readonly IndexName: string;
  readonly KeySchema: KeyElement[];
  readonly Projection: JsonObject;
}
interface StreamSpecification {
  readonly StreamEnabled?: boolean;
  readonly StreamViewType: string;
}
interface TimeToLive {
  readonly AttributeName?: string;
  readonly Enabled: boolean;
}

/** What a template says of a table, as far as it changes what the table does. */
interface Wanted {
  readonly KeySchema: KeyElement[];
  readonly AttributeDefinitions: AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: GlobalIndex[];
  readonly LocalSecondaryIndexes?: JsonObject[];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: JsonObject;
  readonly StreamSpecification?: StreamSpecification;
  readonly TimeToLiveSpecification?: TimeToLive;
}

interface Existing {
  readonly TableStatus: string;
  readonly TableArn: string;
  readonly LatestStreamArn?: string;
  readonly KeySchema: KeyElement[];
  readonly AttributeDefinitions: AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: (GlobalIndex & { readonly IndexStatus: string })[];
  readonly StreamSpecification?: StreamSpecification;
}

const SETTLE_POLL_MS = 20;
const SETTLE_FAILURES = 50;

/** Makes tables as `AWS::DynamoDB::Table` resources describe them, and changes those that are there. */
export class TableProvider {
  readonly #context: Pick<ServiceContext, 'warn'>;
  readonly #proxy: DynamoDbProxy;
  readonly #withStream = new Set<string>();

  constructor(context: Pick<ServiceContext, 'warn'>, proxy: DynamoDbProxy) {
    this.#context = context;
    this.#proxy = proxy;
  }

  /**
   * `properties` are the resource's, with every intrinsic function resolved. Data is never deleted: an index or stream
   * that the template no longer has goes, a table whose keys differ is refused.
   * @throws Error when the key schema of the table, or the type of a key, is not the one that it has.
   */
  async ensureTable(properties: JsonObject, physicalName: string): Promise<TableArns> {
    const wanted = properties as unknown as Wanted;
    const existing = await this.#describe(physicalName);
    if (existing === undefined) await this.#create(physicalName, wanted);
    else await this.#update(physicalName, existing, wanted);
    await this.#setTimeToLive(physicalName, wanted.TimeToLiveSpecification);
    this.#noteStream(physicalName, wanted);
    const { TableArn, LatestStreamArn } = (await this.#describe(physicalName))!;
    return { arn: TableArn, ...present({ streamArn: wanted.StreamSpecification && LatestStreamArn }) };
  }

  async #describe(TableName: string): Promise<Existing | undefined> {
    try {
      return (await this.#proxy.tableCommand('DescribeTable', { TableName }))['Table'] as unknown as Existing;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  async #create(TableName: string, wanted: Wanted): Promise<void> {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = wanted;
    await this.#command('CreateTable', {
      TableName,
      KeySchema,
      AttributeDefinitions,
      ...present({
        GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map(indexInput),
        LocalSecondaryIndexes,
        StreamSpecification: wanted.StreamSpecification && streamInput(wanted.StreamSpecification),
      }),
      // The engines throttle nothing, so a provisioned table is made on demand.
      BillingMode: 'PAY_PER_REQUEST',
    });
  }

  async #update(TableName: string, existing: Existing, wanted: Wanted): Promise<void> {
    const [was, is] = [keysOf(existing), keysOf(wanted)];
    if (was !== is) {
      throw new Error(
        `The table ${TableName} has the key ${was}, and the template wants ${is}. A key cannot be changed: ` +
          'give the table another name, or remove the data folder if its contents may go.',
      );
    }
    await this.#updateIndexes(TableName, existing, wanted);
    await this.#updateStream(TableName, existing.StreamSpecification, wanted.StreamSpecification);
  }

  async #updateIndexes(TableName: string, existing: Existing, wanted: Wanted): Promise<void> {
    const { AttributeDefinitions } = wanted;
    const before = new Map(
      (existing.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, describeIndex(index)]),
    );
    const after = new Map((wanted.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
    // One update can name one index. An index that changed is deleted and made again.
    for (const [IndexName, description] of before) {
      const index = after.get(IndexName);
      if (index !== undefined && describeIndex(index) === description) continue;
      await this.#command('UpdateTable', {
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }],
      });
      await this.#untilSettled(TableName);
    }
    for (const [IndexName, index] of after) {
      if (before.get(IndexName) === describeIndex(index)) continue;
      await this.#command('UpdateTable', {
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }],
      });
      await this.#untilSettled(TableName);
    }
  }

  /**
   * Indexes are built in the background, and a table takes one change at a time. While an index is being
   * deleted, DynamoDB Local may answer with an internal error: then the question is repeated.
   */
  async #untilSettled(table: string): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        const { TableStatus, GlobalSecondaryIndexes = [] } = (await this.#describe(table))!;
        if (TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) {
          return;
        }
      } catch (error) {
        failures += 1;
        if (!(error instanceof AwsError && error.status >= 500) || failures > SETTLE_FAILURES) throw error;
      }
      await sleep(SETTLE_POLL_MS);
    }
  }

  async #updateStream(
    TableName: string,
    was: StreamSpecification | undefined,
    wanted: StreamSpecification | undefined,
  ): Promise<void> {
    if (was?.StreamViewType === wanted?.StreamViewType) return;
    if (was !== undefined) {
      await this.#command('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } });
    }
    if (wanted !== undefined) {
      await this.#command('UpdateTable', { TableName, StreamSpecification: streamInput(wanted) });
    }
  }

  async #setTimeToLive(TableName: string, wanted: TimeToLive | undefined): Promise<void> {
    const { TimeToLiveDescription } = await this.#proxy.tableCommand('DescribeTimeToLive', { TableName });
    const { TimeToLiveStatus, AttributeName } = TimeToLiveDescription as {
      TimeToLiveStatus: string;
      AttributeName?: string;
    };
    const was = TimeToLiveStatus === 'ENABLED' ? AttributeName : undefined;
    const is = wanted?.Enabled === true ? wanted.AttributeName : undefined;
    if (was === is) return;
    if (was !== undefined) {
      await this.#command('UpdateTimeToLive', {
        TableName,
        TimeToLiveSpecification: { AttributeName: was, Enabled: false },
      });
    }
    if (is !== undefined) {
      await this.#command('UpdateTimeToLive', {
        TableName,
        TimeToLiveSpecification: { AttributeName: is, Enabled: true },
      });
    }
  }

  #noteStream(table: string, { StreamSpecification }: Wanted): void {
    if (StreamSpecification === undefined) return;
    this.#withStream.add(table);
    if (this.#withStream.size < 2 || this.#proxy.engine.name !== 'dynamodb-local') return;
    this.#context.warn(
      `${[...this.#withStream].join(' and ')} all have a stream. DynamoDB Local becomes slow with more than one ` +
        '(in memory, where its stream tables have no index, about twenty times after ten thousand writes).',
    );
  }

  async #command(operation: string, input: object): Promise<void> {
    await this.#proxy.tableCommand(operation, input as JsonObject);
  }
}

/** Such as `orderId (S, HASH), version (N, RANGE)`. */
function keysOf({ KeySchema, AttributeDefinitions }: Pick<Wanted, 'KeySchema' | 'AttributeDefinitions'>): string {
  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return KeySchema.map(
    ({ AttributeName, KeyType }) => `${AttributeName} (${types.get(AttributeName)}, ${KeyType})`,
  ).join(', ');
}

/** Equal for equal indexes. */
function describeIndex({ KeySchema, Projection }: GlobalIndex): string {
  const { ProjectionType, NonKeyAttributes } = Projection as { ProjectionType: string; NonKeyAttributes?: string[] };
  return JSON.stringify([
    KeySchema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]),
    ProjectionType,
    [...(NonKeyAttributes ?? [])].sort(),
  ]);
}

const indexInput = ({ IndexName, KeySchema, Projection }: GlobalIndex) => ({ IndexName, KeySchema, Projection });

/** In CloudFormation a stream that is specified is enabled. */
const streamInput = ({ StreamViewType }: StreamSpecification) => ({ StreamEnabled: true, StreamViewType });
