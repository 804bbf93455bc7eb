import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ProjectionStates } from '../application/ports.ts';
import type { Progress, ProjectionName, ProjectionState, Rebuild } from '../domain/projections.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.projections.partitionKey;

/** One item per projection; different programs write its progress and its rebuild, independently. */
export class DynamoDbProjectionStates implements ProjectionStates {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(name: ProjectionName): Promise<ProjectionState> {
    const { Item = {} } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: { [KEY]: name }, ConsistentRead: true }),
    );
    const { [KEY]: _, ...state } = Item;
    return state;
  }

  noteProgress(name: ProjectionName, progress: Progress): Promise<void> {
    return this.#note(name, 'progress', progress);
  }

  noteRebuild(name: ProjectionName, rebuild: Rebuild): Promise<void> {
    return this.#note(name, 'rebuild', rebuild);
  }

  async #note(name: ProjectionName, part: keyof ProjectionState, value: Progress | Rebuild): Promise<void> {
    await this.#db.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: { [KEY]: name },
        UpdateExpression: 'SET #part = :value',
        ExpressionAttributeNames: { '#part': part },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  }
}
