import { Pool } from 'undici';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { text } from '../properties.ts';
import { fullDisk, isFull } from '../storage-failure.ts';
import { type Consumption, consumedBy, consumedByRefusal, isDataOperation, isWrite } from './capacity.ts';
import type { Ask, Corrections, Engine } from './engine.ts';
import { post } from './post.ts';

const TABLE_API = 'DynamoDB_20120810.';
const STREAM_API = 'DynamoDBStreams_20120810.';
/** An engine answers one request at a time, so more connections than waiting callers gain nothing. */
const CONNECTIONS = 64;

/** An answer of the engine. */
interface Answer {
  readonly status: number;
  readonly content: JsonObject;
}

const AS_THEY_ARE = { body: (text: string) => text, answer: (text: string) => text };

/** An engine that answers. */
export interface EngineAddress {
  readonly engine: Engine;
  readonly url: string;
  /** The folder with its data. Absent: in memory. */
  readonly dir?: string;
}

/**
 * Passes requests to the engine and corrects what differs from AWS: ARNs name the region, and what the engine's own corrections
 * say; and it meters the capacity that AWS would bill.
 */
export class DynamoDbProxy {
  readonly engine: Engine;
  /** For the runtime's own requests, which AWS would not bill. */
  readonly ask: Ask;
  readonly #context: Pick<ServiceContext, 'meter' | 'region'>;
  readonly #dir: string | undefined;
  readonly #corrections: Corrections;
  readonly #pool: Pool;
  readonly #listeners = new Set<(tableName: string) => void>();
  readonly #observers = new Set<(target: string, request: JsonObject) => void>();

  constructor(context: Pick<ServiceContext, 'meter' | 'region'>, { engine, url, dir }: EngineAddress) {
    this.#context = context;
    this.#dir = dir;
    this.engine = engine;
    this.ask = async (operation, input) =>
      this.#contentOf(await this.#send(TABLE_API + operation, JSON.stringify(input)));
    this.#corrections = engine.corrections(this.ask);
    this.#pool = new Pool(url, { connections: CONNECTIONS });
  }

  /**
   * Carries out an operation of the table API.
   * @throws AwsError with DynamoDB's error code, and `InternalServerError` (500, which SDKs retry) when the engine
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
    const answer = await this.#corrected(target, operation, metered);
    const { status, content } = answer;
    if (status !== 200) {
      this.#meter(consumedByRefusal(operation, request, errorTypeOf(content)));
      return answer;
    }
    await this.#corrections.kept?.(operation, request);
    const consumed = consumedBy(operation, request, content);
    this.#meter(consumed);
    if (isWrite(operation)) this.#announce(consumed);
    if (asked !== 'NONE') return answer;
    const { ConsumedCapacity: _notAsked, ...rest } = content;
    return { status, content: rest };
  }

  #control(target: string, operation: string, request: JsonObject): Promise<Answer> {
    const [region, itsRegion] = [this.#context.region, this.engine.region];
    return this.#corrected(target, operation, request, {
      body: (text) => text.replaceAll(`arn:aws:dynamodb:${region}:`, `arn:aws:dynamodb:${itsRegion}:`),
      answer: (text) =>
        text
          .replaceAll(`arn:aws:dynamodb:${itsRegion}:`, `arn:aws:dynamodb:${region}:`)
          .replaceAll(`"awsRegion":"${itsRegion}"`, `"awsRegion":"${region}"`),
    });
  }

  async #corrected(target: string, operation: string, request: JsonObject, texts = AS_THEY_ARE): Promise<Answer> {
    const { request: correct, answer } = this.#corrections;
    const sent = correct === undefined ? request : await correct(operation, request);
    const { status, content } = await this.#send(target, texts.body(JSON.stringify(sent)), texts.answer);
    if (status !== 200 || answer === undefined) return { status, content };
    return { status, content: answer(operation, request, content) };
  }

  async #command(target: string, input: JsonObject): Promise<JsonObject> {
    return this.#contentOf(await this.#dispatch(target, input));
  }

  async #send(target: string, body: string, repair = AS_THEY_ARE.answer): Promise<Answer> {
    const { engine } = this;
    try {
      const { status, text: answer } = await post(this.#pool, engine.headers(target), body);
      return { status, content: JSON.parse(repair(answer)) as JsonObject };
    } catch (error) {
      throw new AwsError('InternalServerError', `${engine.title} cannot be reached: ${(error as Error).message}`, 500);
    }
  }

  /** @throws AwsError when it is not a success */
  #contentOf({ status, content }: Answer): JsonObject {
    if (status === 200) return content;
    const code = errorTypeOf(content).split('#').at(-1)!;
    const { __type: _code, message: small, Message: large, ...details } = content;
    const message = text(small) ?? text(large) ?? code;
    const noRoom = status >= 500 && this.#dir !== undefined && isFull(this.#dir, message);
    throw new AwsError(code, noRoom ? fullDisk(this.#dir, message) : message, status, details);
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
