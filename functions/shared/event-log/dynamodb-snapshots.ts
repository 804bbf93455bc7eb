import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Snapshots } from './port.ts';

/** How the snapshots of one type of aggregate are stored. */
export interface SnapshotFormat {
  /** The attribute that holds the aggregate's id: the partition key of the table. */
  readonly idField: string;
  /** The attribute that holds the state, as JSON text, because nothing reads a part of it. */
  readonly stateField: string;
  /** Of the state and of how events are folded into it. Snapshots are never migrated: the next load folds the stream. */
  readonly schemaVersion: number;
}

/** One item per aggregate: its newest snapshot. */
export class DynamoDbSnapshots<State extends { readonly version: number }, Id extends string>
  implements Snapshots<State, Id>
{
  readonly every: number;
  readonly #format: SnapshotFormat;
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(format: SnapshotFormat, db: DynamoDBDocumentClient, tableName: string, every: number) {
    this.#format = format;
    this.#db = db;
    this.#table = tableName;
    this.every = every;
  }

  /** An older snapshot is as correct as the newest, so the read need not be consistent. */
  async find(id: Id): Promise<State | undefined> {
    const { idField, stateField, schemaVersion } = this.#format;
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: { [idField]: id } }));
    return Item?.schemaVersion === schemaVersion ? (JSON.parse(Item[stateField] as string) as State) : undefined;
  }

  async save(id: Id, state: State): Promise<void> {
    const { idField, stateField, schemaVersion } = this.#format;
    const { version } = state;
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { [idField]: id, schemaVersion, version, [stateField]: JSON.stringify(state) },
          // When two deployments run at once, the newer schema wins.
          ConditionExpression:
            'attribute_not_exists(#key) OR #schema < :schema OR (#schema = :schema AND #version < :version)',
          ExpressionAttributeNames: { '#key': idField, '#schema': 'schemaVersion', '#version': 'version' },
          ExpressionAttributeValues: { ':schema': schemaVersion, ':version': version },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
