import { Pool } from 'undici';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { text } from '../properties.ts';
import { actionsOf, type Consumption, consumedBy, consumedByRefusal, isDataOperation, isWrite } from './capacity.ts';
import { CommitBarrier } from './commit-barrier.ts';
import { restoreEmptyMaps } from './empty-maps.ts';
import { post } from './post.ts';

const TABLE_API = 'DynamoDB_20120810.';
const STREAM_API = 'DynamoDBStreams_20120810.';
/** DynamoDB Local answers one request at a time, so more connections than waiting callers gain nothing. */
const CONNECTIONS = 64;

/** An answer of DynamoDB Local. */
interface Answer {
  readonly status: number;
  readonly content: JsonObject;
}

/**
 * Passes requests to DynamoDB Local and corrects what differs from AWS: a transaction is acknowledged only when it is committed,
 * ARNs name the region and not `ddblocal`, empty maps in stream records are maps; and it meters the capacity that AWS would bill.
 */
export class DynamoDbProxy {
  readonly #context: Pick<ServiceContext, 'meter' | 'region'>;
  readonly #pool: Pool;
  readonly #barrier = new CommitBarrier();
  readonly #listeners = new Set<(tableName: string) => void>();
  readonly #observers = new Set<(target: string, request: JsonObject) => void>();
  readonly #keys = new Map<string, Promise<readonly string[]>>();

  constructor(context: Pick<ServiceContext, 'meter' | 'region'>, dynamoDbUrl: string) {
    this.#context = context;
    this.#pool = new Pool(dynamoDbUrl, { connections: CONNECTIONS });
  }

  /**
   * Carries out an operation of the table API.
   * @throws AwsError with DynamoDB's error code, and `InternalServerError` (500, which SDKs retry) when DynamoDB Local
   * cannot be reached
   */
  tableCommand(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.#command(TABLE_API + operation, input);
  }

  /** Carries out an operation of the streams API. @throws AwsError as `tableCommand` does */
  streamCommand(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.#command(STREAM_API + operation, input);
  }

  /** Calls `listener` with the table's name after every successful write. Returns what ends the subscription. */
  onWrite(listener: (tableName: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Shows `observer` each data request before it is sent, as the caller made it. Returns what ends the subscription. */
  onRequest(observer: (target: string, request: JsonObject) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Resolves when the requests under way have ended. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  #dispatch(target: string, request: JsonObject): Promise<Answer> {
    const operation = target.slice(target.indexOf('.') + 1);
    return target.startsWith(TABLE_API) && isDataOperation(operation)
      ? this.#data(target, operation, request)
      : this.#control(target, operation, request);
  }

  async #data(target: string, operation: string, request: JsonObject): Promise<Answer> {
    for (const observer of this.#observers) observer(target, request);
    const asked = request['ReturnConsumedCapacity'] ?? 'NONE';
    const metered = asked === 'NONE' ? { ...request, ReturnConsumedCapacity: 'TOTAL' } : request;
    const answer = await this.#send(target, JSON.stringify(metered));
    const { status, content } = answer;
    if (status !== 200) {
      this.#meter(consumedByRefusal(operation, request, errorTypeOf(content)));
      return answer;
    }
    if (operation === 'TransactWriteItems') await this.#untilCommitted(request);
    const consumed = consumedBy(operation, request, content);
    this.#meter(consumed);
    if (isWrite(operation)) this.#announce(consumed);
    if (asked !== 'NONE') return answer;
    const { ConsumedCapacity: _notAsked, ...rest } = content;
    return { status, content: rest };
  }

  async #control(target: string, operation: string, request: JsonObject): Promise<Answer> {
    const { region } = this.#context;
    const sent = JSON.stringify(request).replaceAll(`arn:aws:dynamodb:${region}:`, 'arn:aws:dynamodb:ddblocal:');
    const { status, content } = await this.#send(target, sent, (answer) =>
      answer
        .replaceAll('arn:aws:dynamodb:ddblocal:', `arn:aws:dynamodb:${region}:`)
        .replaceAll('"awsRegion":"ddblocal"', `"awsRegion":"${region}"`),
    );
    if (operation === 'CreateTable' || operation === 'DeleteTable') this.#keys.clear();
    if (operation !== 'GetRecords' || status !== 200) return { status, content };
    return { status, content: { ...content, Records: restoreEmptyMaps(content.Records as JsonObject[]) } };
  }

  async #command(target: string, input: JsonObject): Promise<JsonObject> {
    const { status, content } = await this.#dispatch(target, input);
    if (status === 200) return content;
    const code = errorTypeOf(content).split('#').at(-1)!;
    const { __type: _code, message, Message, ...details } = content;
    throw new AwsError(code, text(message) ?? text(Message) ?? code, status, details);
  }

  async #send(target: string, body: string, repair = (answer: string) => answer): Promise<Answer> {
    try {
      const { status, text: answer } = await post(this.#pool, target, body);
      return { status, content: JSON.parse(repair(answer)) as JsonObject };
    } catch (error) {
      throw new AwsError('InternalServerError', `DynamoDB Local cannot be reached: ${(error as Error).message}`, 500);
    }
  }

  async #untilCommitted(request: JsonObject): Promise<void> {
    const [action] = actionsOf(request);
    if (action === undefined) return;
    await this.#barrier.pass(async () => {
      const Key = action.Key ?? pick(action.Item!, await this.#keyAttributes(action.TableName));
      const { status } = await this.#send(`${TABLE_API}GetItem`, JSON.stringify({ TableName: action.TableName, Key }));
      if (status !== 200) {
        throw new AwsError('InternalServerError', 'It is not known whether the transaction was committed.', 500);
      }
    });
  }

  #keyAttributes(table: string): Promise<readonly string[]> {
    const known = this.#keys.get(table);
    if (known !== undefined) return known;
    const asked = this.tableCommand('DescribeTable', { TableName: table }).then(({ Table }) =>
      (Table as { KeySchema: { AttributeName: string }[] }).KeySchema.map(({ AttributeName }) => AttributeName),
    );
    this.#keys.set(table, asked);
    asked.catch(() => this.#keys.delete(table));
    return asked;
  }

  #meter(consumed: readonly Consumption[]): void {
    for (const { unit, table, units } of consumed) this.#context.meter.count(unit, table, units);
  }

  #announce(consumed: readonly Consumption[]): void {
    for (const table of new Set(consumed.map((one) => one.table))) {
      for (const listener of this.#listeners) listener(table);
    }
  }
}

/** Such as `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`. */
const errorTypeOf = (answer: JsonObject): string => (answer as { __type?: string }).__type ?? 'InternalServerError';

const pick = (item: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, item[name]!]));
