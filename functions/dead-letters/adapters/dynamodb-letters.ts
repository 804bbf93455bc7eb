import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  CLOSED_LETTERS,
  DEAD_LETTERS_TABLE,
  DONE_LETTERS_DAYS,
  expiryAfter,
  OPEN_LETTERS,
} from '../../shared/dead-letters/tables.ts';
import type { LetterCounts, LetterQuery, Letters, NewLetter, PlaceInLetters } from '../application/ports.ts';
import type { Letter, LetterEntry, LetterState, LetterSummary } from '../domain/letter.ts';
import { packed, unpacked } from './packed-body.ts';

const { partitionKey: KEY, indexes } = DEAD_LETTERS_TABLE;
const { partitionKey: SHELF, sortKey: PLACE } = indexes.byState;
const [INDEX] = Object.keys(indexes);

/** DynamoDB filters after it has read: the number of letters in one read, and the number of reads for one page. */
const LOOKED_AT_IN_ONE_READ = 200;
const READS_PER_PAGE = 10;
/** The fields of a query that are compared as they are. */
const COMPARED = ['state', 'queue', 'eventType', 'error', 'orderId'] as const;
/** What an item has beside the letter. */
const OWN_FIELDS = [SHELF, PLACE, 'body', 'packed', 'history', 'messageId', 'failedAt', 'expiresAt'];

type Item = Readonly<Record<string, unknown>>;
type Key = NonNullable<QueryCommandInput['ExclusiveStartKey']>;

/** One item per letter. */
export class DynamoDbLetters implements Letters {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(letterId: string): Promise<Letter | undefined> {
    const item = await this.#item(letterId);
    // A consumer notes its error before the letter is filed.
    if (item?.filedAt === undefined) return undefined;
    return { ...summaryOf(item), body: unpacked(item), history: item.history as Letter['history'] };
  }

  async page(query: LetterQuery, limit: number, after?: PlaceInLetters) {
    const items: LetterSummary[] = [];
    let start = after && keyOf(query, after);
    for (let read = 0; read < READS_PER_PAGE; read += 1) {
      const { Items = [], LastEvaluatedKey } = await this.#db.send(new QueryCommand(this.#reading(query, start)));
      for (const item of Items) {
        // One more than wanted tells whether there is another page.
        if (items.length === limit) return { items, next: placeOf(items.at(-1)!) };
        items.push(summaryOf(item));
      }
      start = LastEvaluatedKey;
      if (!start) return { items };
    }
    const [filedAt = '', letterId = ''] = (start![PLACE] as string).split('#');
    return { items, next: { filedAt, letterId } };
  }

  async counts(): Promise<LetterCounts> {
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        KeyConditionExpression: '#shelf = :shelf',
        ProjectionExpression: '#state',
        ExpressionAttributeNames: { '#shelf': SHELF, '#state': 'state' },
        ExpressionAttributeValues: { ':shelf': OPEN_LETTERS },
      }),
    );
    const of = (state: LetterState) => Items.filter((item) => item.state === state).length;
    return {
      waiting: of('waiting'),
      resent: of('resent'),
      failed_again: of('failed_again'),
      more: LastEvaluatedKey !== undefined,
    };
  }

  async file(letter: NewLetter, at: string): Promise<void> {
    const { letterId, body, ...given } = letter;
    const known = await this.#item(letterId);
    const filedAt = (known?.filedAt as string | undefined) ?? at;
    const state: LetterState = known?.filedAt === undefined ? 'waiting' : 'failed_again';
    const error = letter.error ?? (known?.error as string | undefined);
    const entry: LetterEntry = { what: state === 'waiting' ? 'filed' : state, at, ...(error ? { error } : {}) };
    const { sentAt = letter.sentAt, resends = 0 } = (known ?? {}) as Partial<LetterSummary>;
    const fields = {
      ...given,
      ...packed(body),
      state,
      sentAt,
      filedAt,
      resends,
      [SHELF]: OPEN_LETTERS,
      [PLACE]: `${filedAt}#${letterId}`,
      history: [...((known?.history as LetterEntry[] | undefined) ?? []), entry],
    };
    const names = Object.keys(fields);
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [KEY]: letterId },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE #expiresAt, #closedAt`,
          // A message whose deletion did not succeed comes again.
          ConditionExpression: 'attribute_not_exists(#messageId) OR #messageId <> :messageId',
          ExpressionAttributeNames: Object.fromEntries(
            [...names, 'expiresAt', 'closedAt'].map((name) => [`#${name}`, name]),
          ),
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(fields).map(([name, value]) => [`:${name}`, value]),
          ),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async record(letterId: string, state: 'resent' | 'handled' | 'dismissed', entry: LetterEntry): Promise<LetterState> {
    const isDone = state !== 'resent';
    const isResent = entry.what === 'resent';
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [KEY]: letterId },
          UpdateExpression: [
            'SET #state = :state, #shelf = :shelf, history = list_append(history, :entry)',
            ...(isDone ? ['closedAt = :at, expiresAt = :expiresAt'] : []),
            ...(isResent ? ['resends = resends + :one, resentAt = :at'] : []),
          ].join(', '),
          ConditionExpression: 'attribute_exists(filedAt) AND #shelf = :open',
          ExpressionAttributeNames: { '#state': 'state', '#shelf': SHELF },
          ExpressionAttributeValues: {
            ':state': state,
            ':shelf': isDone ? CLOSED_LETTERS : OPEN_LETTERS,
            ':open': OPEN_LETTERS,
            ':entry': [entry],
            ':at': entry.at,
            ...(isDone ? { ':expiresAt': expiryAfter(DONE_LETTERS_DAYS, Date.parse(entry.at)) } : {}),
            ...(isResent ? { ':one': 1 } : {}),
          },
        }),
      );
      return state;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // Its consumer was quicker.
      return (await this.find(letterId))?.state ?? state;
    }
  }

  async #item(letterId: string): Promise<Item | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: { [KEY]: letterId }, ConsistentRead: true }),
    );
    return Item;
  }

  #reading(query: LetterQuery, start: Key | undefined): QueryCommandInput {
    const filters = COMPARED.filter((field) => query[field] !== undefined);
    const { filedBefore } = query;
    return {
      TableName: this.#table,
      IndexName: INDEX,
      Limit: LOOKED_AT_IN_ONE_READ,
      ScanIndexForward: shelfOf(query) === OPEN_LETTERS,
      KeyConditionExpression: `#shelf = :shelf${filedBefore === undefined ? '' : ' AND #place < :before'}`,
      ...(filters.length > 0
        ? { FilterExpression: filters.map((field) => `#${field} = :${field}`).join(' AND ') }
        : {}),
      ExpressionAttributeNames: {
        '#shelf': SHELF,
        ...(filedBefore === undefined ? {} : { '#place': PLACE }),
        ...Object.fromEntries(filters.map((field) => [`#${field}`, field])),
      },
      ExpressionAttributeValues: {
        ':shelf': shelfOf(query),
        ...(filedBefore === undefined ? {} : { ':before': filedBefore }),
        ...Object.fromEntries(filters.map((field) => [`:${field}`, query[field]])),
      },
      ...(start ? { ExclusiveStartKey: start } : {}),
    };
  }
}

const shelfOf = ({ state }: LetterQuery): string =>
  state === 'handled' || state === 'dismissed' ? CLOSED_LETTERS : OPEN_LETTERS;

const placeOf = ({ filedAt, letterId }: LetterSummary): PlaceInLetters => ({ filedAt, letterId });

const keyOf = (query: LetterQuery, { filedAt, letterId }: PlaceInLetters): Key => ({
  [KEY]: letterId,
  [SHELF]: shelfOf(query),
  [PLACE]: `${filedAt}#${letterId}`,
});

const summaryOf = (item: Item): LetterSummary =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !OWN_FIELDS.includes(name))) as unknown as LetterSummary;
