import type { Location } from '../arn.ts';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { present } from '../properties.ts';
import type { Shortcut } from '../shortcut.ts';
import { type Consumption, isDataOperation, isWrite } from './capacity.ts';
import type { Ask, Corrections, Engine } from './engine.ts';
import { type EngineAnswer, EngineClient } from './engine-client.ts';
import { carryOut } from './item-operation.ts';
import { refusalOf } from './refusal.ts';
import type { ItemReport, ItemShortcutData } from './shortcut.ts';

const TABLE_API = 'DynamoDB_20120810.';
const STREAM_API = 'DynamoDBStreams_20120810.';

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
  readonly #url: string;
  readonly #dir: string | undefined;
  readonly #corrections: Corrections;
  readonly #client: EngineClient;
  readonly #listeners = new Set<(tableName: string) => void>();
  readonly #observers = new Set<(target: string, request: JsonObject) => void>();

  constructor(context: Pick<ServiceContext, 'meter' | 'region'>, { engine, url, dir }: EngineAddress) {
    this.#context = context;
    this.#url = url;
    this.#dir = dir;
    this.engine = engine;
    this.ask = async (operation, input) =>
      this.#contentOf(await this.#send(TABLE_API + operation, JSON.stringify(input)));
    this.#corrections = engine.corrections(this.ask);
    this.#client = new EngineClient(url);
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

  /** Shows `observer` each data request that passes here before it is sent, as the caller made it. Returns what ends the subscription. */
  onRequest(observer: (target: string, request: JsonObject) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Resolves when the requests under way have ended. */
  async close(): Promise<void> {
    await this.#client.close();
  }

  #dispatch(target: string, request: JsonObject): Promise<Answer> {
    const operation = target.slice(target.indexOf('.') + 1);
    return target.startsWith(TABLE_API) && isDataOperation(operation)
      ? this.#data(target, operation, request)
      : this.#control(target, operation, request);
  }

  async #data(target: string, operation: string, request: JsonObject): Promise<Answer> {
    for (const observer of this.#observers) observer(target, request);
    const correct = this.#corrections.request;
    const sent = correct === undefined ? request : await correct(operation, request);
    const { status, text, consumed } = await carryOut({ operation, request: sent }, (body) => this.#post(target, body));
    if (status === 200) await this.#corrections.kept?.(operation, request);
    this.#hear({ operation, succeeded: status === 200, consumed });
    return { status, content: JSON.parse(text) as JsonObject };
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
    const { status, text: answer } = await this.#post(target, body);
    return { status, content: JSON.parse(repair(answer)) as JsonObject };
  }

  async #post(target: string, body: string): Promise<EngineAnswer> {
    const { engine } = this;
    try {
      return await this.#client.post(engine.headers(target), body);
    } catch (error) {
      throw new AwsError('InternalServerError', `${engine.title} cannot be reached: ${(error as Error).message}`, 500);
    }
  }

  /** @throws AwsError when it is not a success */
  #contentOf({ status, content }: Answer): JsonObject {
    if (status === 200) return content;
    throw refusalOf(status, content, this.#dir);
  }

  #meter(consumed: readonly Consumption[]): void {
    for (const { unit, table, units } of consumed) this.#context.meter.count(unit, table, units);
  }

  /** For functions on this machine: requests about items go from their threads straight to the engine. */
  shortcut(location: Location): Shortcut<ItemShortcutData, ItemReport> {
    const { title, headers, correctedItemOperations: corrected } = this.engine;
    return {
      module: new URL('./shortcut.ts', import.meta.url).href,
      data: { location, title, url: this.#url, headers: headers(''), corrected, ...present({ dir: this.#dir }) },
      onReport: (report) => this.#hear(report),
    };
  }

  #hear({ operation, succeeded, consumed }: ItemReport): void {
    this.#meter(consumed);
    if (succeeded && isWrite(operation)) this.#announce(consumed);
  }

  #announce(consumed: readonly Consumption[]): void {
    for (const table of new Set(consumed.map((one) => one.table))) {
      for (const listener of this.#listeners) listener(table);
    }
  }
}
