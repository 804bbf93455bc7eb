import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { shelfOf, shelved, TASKS_TABLE } from '../../shared/tasks/tables.ts';
import type {
  ListedTask,
  PlaceInTasks,
  ProjectedTasks,
  TaskList,
  TaskPage,
  TaskQuery,
} from '../application/task-ports.ts';
import type { TaskSummary } from '../domain/task-summary.ts';

const { partitionKey: KEY, indexes } = TASKS_TABLE;
const { partitionKey: SHELF, sortKey: DUE } = indexes.byDue;
const [INDEX] = Object.keys(indexes);

/** DynamoDB filters after it has read: the number of tasks in one read, and the number of reads for one page. */
const LOOKED_AT_IN_ONE_READ = 100;
const READS_PER_PAGE = 10;
/** The fields of a query that are compared as they are. */
const COMPARED = ['status', 'kind', 'step', 'error', 'partner', 'claimant', 'escalated'] as const;

/** One item per task. */
export class DynamoDbTasks implements TaskList, ProjectedTasks {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async put(task: TaskSummary): Promise<void> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...task, ...shelved(task.status === 'resolved', task) },
          ConditionExpression: 'attribute_not_exists(#key) OR #version <= :version',
          ExpressionAttributeNames: { '#key': KEY, '#version': 'version' },
          ExpressionAttributeValues: { ':version': task.version },
        }),
      );
    } catch (error) {
      // A newer version is there.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async page(query: TaskQuery, limit: number, after?: PlaceInTasks): Promise<TaskPage> {
    const items: ListedTask[] = [];
    let start = after && keyOf(query, after);
    for (let read = 0; read < READS_PER_PAGE; read += 1) {
      const { Items = [], LastEvaluatedKey } = await this.#db.send(new QueryCommand(this.#reading(query, start)));
      for (const item of Items) {
        // One more than wanted tells whether there is another page.
        if (items.length === limit) return { items, next: placeOf(items.at(-1)!) };
        items.push(taskOf(item));
      }
      start = LastEvaluatedKey;
      if (!start) return { items };
    }
    return { items, next: placeOfKey(start!) };
  }

  #reading(query: TaskQuery, start: Key | undefined): QueryCommandInput {
    const filters = COMPARED.filter((field) => query[field] !== undefined);
    const { dueBefore } = query;
    return {
      TableName: this.#table,
      IndexName: INDEX,
      Limit: LOOKED_AT_IN_ONE_READ,
      KeyConditionExpression: `#shelf = :shelf${dueBefore === undefined ? '' : ' AND #due < :due'}`,
      ...(filters.length > 0
        ? { FilterExpression: filters.map((field) => `#${field} = :${field}`).join(' AND ') }
        : {}),
      ExpressionAttributeNames: {
        '#shelf': SHELF,
        ...(dueBefore === undefined ? {} : { '#due': DUE }),
        ...Object.fromEntries(filters.map((field) => [`#${field}`, field])),
      },
      ExpressionAttributeValues: {
        ':shelf': shelfOf(query.status === 'resolved'),
        ...(dueBefore === undefined ? {} : { ':due': dueBefore }),
        ...Object.fromEntries(filters.map((field) => [`:${field}`, query[field]])),
      },
      ...(start ? { ExclusiveStartKey: start } : {}),
    };
  }
}

type Key = NonNullable<QueryCommandInput['ExclusiveStartKey']>;

const placeOf = ({ dueAt, taskId }: ListedTask): PlaceInTasks => ({ dueAt, taskId });

const keyOf = ({ status }: TaskQuery, place: PlaceInTasks): Key => ({
  [KEY]: place.taskId,
  ...shelved(status === 'resolved', place),
});

function placeOfKey(key: Key): PlaceInTasks {
  const [dueAt = '', taskId = ''] = (key[DUE] as string).split('#');
  return { dueAt, taskId };
}

function taskOf(item: Record<string, unknown>): ListedTask {
  const { [SHELF]: _, [DUE]: __, ...task } = item;
  return task as unknown as ListedTask;
}
