import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type BookTask, bookTaskStatusOf } from '../book-task.ts';
import type { BookTasks } from '../ports.ts';
import { shelved, TASKS_TABLE } from '../tables.ts';

const KEY = TASKS_TABLE.partitionKey;

/** Beside what lists show of every task, each item has the task itself: one of an order has none. */
export class DynamoDbBookTasks implements BookTasks {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(taskId: string): Promise<BookTask | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: { [KEY]: taskId }, ConsistentRead: true }),
    );
    return Item?.task as BookTask | undefined;
  }

  async save(task: BookTask, version: number): Promise<boolean> {
    const isNew = version === 0;
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...listed(task), ...shelved(task.resolvedAt !== undefined, task), task },
          ConditionExpression: isNew ? 'attribute_not_exists(#key)' : '#version = :version',
          ExpressionAttributeNames: isNew ? { '#key': KEY } : { '#version': 'version' },
          ...(isNew ? {} : { ExpressionAttributeValues: { ':version': version } }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** The task as lists show every task. */
const listed = (task: BookTask) => ({
  [KEY]: task.taskId,
  status: bookTaskStatusOf(task),
  kind: 'books',
  error: task.rule,
  openedAt: task.openedAt,
  dueAt: task.dueAt,
  ...(task.claimant === undefined ? {} : { claimant: task.claimant }),
  escalated: task.escalatedAt !== undefined,
  version: task.history.length,
});
