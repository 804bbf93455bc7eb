import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

/** How far a pass over all streams is: one item of a table. */
export class DynamoDbPassCursor<Id extends string> {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #key: Readonly<Record<string, string>>;
  readonly #parseId: (text: string) => Id;

  /** @param key of the item @param parseId throws a RangeError unless the text is an id */
  constructor(
    db: DynamoDBDocumentClient,
    tableName: string,
    key: Readonly<Record<string, string>>,
    parseId: (text: string) => Id,
  ) {
    this.#db = db;
    this.#table = tableName;
    this.#key = key;
    this.#parseId = parseId;
  }

  /** The aggregate after which the pass goes on; undefined at its beginning. */
  async find(): Promise<Id | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: this.#key, ConsistentRead: true }),
    );
    return Item && this.#parseId(String(Item.after));
  }

  async save(after: Id | undefined): Promise<void> {
    const of = { TableName: this.#table };
    if (after === undefined) await this.#db.send(new DeleteCommand({ ...of, Key: this.#key }));
    else await this.#db.send(new PutCommand({ ...of, Item: { ...this.#key, after } }));
  }
}
