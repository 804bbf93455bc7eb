import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { CheckResult, Instance } from '../../shared/outbound/instance.ts';
import { instanceIn, instanceItem, instanceKey, instancesIn } from '../../shared/outbound/instance-entry.ts';
import { INSTANCE_ENTRIES, PARTNER_TABLES } from '../../shared/outbound/tables.ts';
import type { Heartbeat, InstanceRegistry } from '../application/ports.ts';
import { DuplicateInstance, InstanceNotFound } from '../domain/errors.ts';

const { partitionKey, sortKey } = PARTNER_TABLES.partners;

/** An entry per instance in the table of partners, where the calls of all function instances find them. */
export class DynamoDbInstanceRegistry implements InstanceRegistry {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async instancesOf(partner: string): Promise<readonly Instance[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: '#partner = :partner AND begins_with(#entry, :instances)',
        ExpressionAttributeNames: { '#partner': partitionKey, '#entry': sortKey },
        ExpressionAttributeValues: { ':partner': partner, ':instances': INSTANCE_ENTRIES },
      }),
    );
    return instancesIn(Items);
  }

  async register(partner: string, instance: Instance): Promise<void> {
    const put = new PutCommand({
      TableName: this.#table,
      Item: instanceItem(partner, instance),
      ConditionExpression: 'attribute_not_exists(#entry)',
      ExpressionAttributeNames: { '#entry': sortKey },
    });
    if (!(await done(this.#db.send(put)))) throw new DuplicateInstance(partner, instance.id);
  }

  async heartbeat(partner: string, instanceId: string, { at, load }: Heartbeat): Promise<Instance> {
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: instanceKey(partner, instanceId),
      UpdateExpression: `SET #status = :up, lastHeartbeat = :at ${load === undefined ? 'REMOVE #load' : ', #load = :load'}`,
      ConditionExpression: 'attribute_exists(#entry)',
      ExpressionAttributeNames: { '#status': 'status', '#load': 'load', '#entry': sortKey },
      ExpressionAttributeValues: { ':up': 'up', ':at': at, ...(load === undefined ? {} : { ':load': load }) },
      ReturnValues: 'ALL_NEW',
    });
    const updated = await done(this.#db.send(update));
    if (!updated) throw new InstanceNotFound(partner, instanceId);
    return instanceIn(updated.Attributes!);
  }

  async recordCheck(partner: string, instance: Instance, result: CheckResult): Promise<void> {
    const { status, lastHeartbeat, latencyMs } = result;
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: instanceKey(partner, instance.id),
      UpdateExpression: `SET #status = :status, lastHeartbeat = :at${latencyMs === undefined ? '' : ', latencyMs = :ms'}`,
      ConditionExpression: 'lastHeartbeat = :read',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':status': status,
        ':at': lastHeartbeat,
        ':read': instance.lastHeartbeat,
        ...(latencyMs === undefined ? {} : { ':ms': latencyMs }),
      },
    });
    await done(this.#db.send(update));
  }

  async deregister(partner: string, instanceId: string): Promise<Instance> {
    const deletion = new DeleteCommand({
      TableName: this.#table,
      Key: instanceKey(partner, instanceId),
      ConditionExpression: 'attribute_exists(#entry)',
      ExpressionAttributeNames: { '#entry': sortKey },
      ReturnValues: 'ALL_OLD',
    });
    const deleted = await done(this.#db.send(deletion));
    if (!deleted) throw new InstanceNotFound(partner, instanceId);
    return instanceIn(deleted.Attributes!);
  }
}

/** The answer of a write; undefined when the item was not as its condition says. */
async function done<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
