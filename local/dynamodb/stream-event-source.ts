import type { Deliver, FunctionInvoker, JsonObject, ServiceContext } from '../contracts.ts';
import { compilePattern } from '../events/pattern.ts';
import { StreamBatch } from './stream-batch.ts';
import { StreamCheckpoints } from './stream-checkpoints.ts';
import type { StreamMapping } from './stream-mapping.ts';
import { isTrimmed, type Page, type Shard, StreamReader, type StreamSource } from './stream-reader.ts';
import { lambdaRecord, type StreamRecord, sequenceNumberOf } from './stream-record.ts';
import { StreamWaiter } from './stream-waiter.ts';

const pageSize = 1_000;
const retryAfterMs = 1_000;
const newIteratorAfterMs = 10;

export interface StreamEventSourceServices {
  /** The `DynamoDbProxy`. */
  readonly proxy: StreamSource;
  readonly invoker: FunctionInvoker;
  /** Delivers to `onFailureArn`. */
  readonly deliver: Deliver;
}

/** Hands the records of tables' streams to functions: each at least once, those of a shard in order. */
export class StreamEventSource {
  readonly #ctx: ServiceContext;
  readonly #services: StreamEventSourceServices;
  readonly #running: RunningMapping[] = [];

  constructor(ctx: ServiceContext, services: StreamEventSourceServices) {
    this.#ctx = ctx;
    this.#services = services;
  }

  /** @throws InvalidPattern for a filter that is none. */
  start(mapping: StreamMapping): void {
    this.#running.push(new RunningMapping(this.#ctx, this.#services, mapping));
  }

  /** Resolves when no function is under way any more; the rest is taken up by the next run. */
  async close(): Promise<void> {
    await Promise.all(this.#running.map((mapping) => mapping.close()));
  }
}

class RunningMapping {
  readonly #ctx: ServiceContext;
  readonly #services: StreamEventSourceServices;
  readonly #mapping: StreamMapping;
  readonly #reader: StreamReader;
  readonly #checkpoints: StreamCheckpoints;
  readonly #waiter: StreamWaiter;
  readonly #isWanted: (record: StreamRecord) => boolean;
  readonly #followers = new Map<string, Promise<void>>();
  readonly #active = new Set<string>();
  readonly #discovering: Promise<void>;

  constructor(ctx: ServiceContext, services: StreamEventSourceServices, mapping: StreamMapping) {
    this.#ctx = ctx;
    this.#services = services;
    this.#mapping = mapping;
    this.#reader = new StreamReader(services.proxy, mapping.tableStreamArn);
    this.#checkpoints = new StreamCheckpoints(ctx.store);
    this.#isWanted = filterOf(mapping, ctx.region);
    this.#waiter = new StreamWaiter(ctx.clock, (wake) => {
      const table = tableOf(mapping.tableStreamArn);
      return services.proxy.onWrite((written) => {
        if (written === table) wake();
      });
    });
    this.#discovering = this.#persist('begin', () => this.#begin());
  }

  async close(): Promise<void> {
    this.#waiter.close();
    await this.#discovering;
    await Promise.all(this.#followers.values());
  }

  async #begin(): Promise<void> {
    const { tableStreamArn, functionArn, startingPosition } = this.#mapping;
    if (!this.#checkpoints.isStarted(tableStreamArn, functionArn)) {
      if (startingPosition === 'LATEST') for (const shard of await this.#reader.shards()) await this.#skip(shard);
      this.#checkpoints.markStarted(tableStreamArn, functionArn);
    }
    await this.#discover();
  }

  /** Follows every shard whose parent is finished, or is no longer kept. Waits for a first one if need be. */
  async #discover(): Promise<void> {
    const { tableStreamArn, functionArn } = this.#mapping;
    const untilWritten = this.#waiter.reader();
    while (!this.#waiter.closed) {
      const shards = await this.#reader.shards();
      const unfinished = shards.filter(({ id }) => !this.#checkpoints.of(tableStreamArn, functionArn, id).finished);
      const open = new Set(unfinished.map(({ id }) => id));
      for (const { id, parentId } of unfinished) {
        if (this.#followers.has(id) || (parentId !== undefined && open.has(parentId))) continue;
        this.#active.add(id);
        this.#followers.set(
          id,
          this.#persist(`read ${id}`, () => this.#follow(id)),
        );
      }
      if (this.#active.size > 0) return;
      await untilWritten(false);
    }
  }

  async #follow(shardId: string): Promise<void> {
    const { tableStreamArn, functionArn, batchSize } = this.#mapping;
    const batch = this.#batchOf(shardId);
    const untilWritten = this.#waiter.reader();
    let iterator: string | undefined = await this.#resume(shardId);
    while (iterator !== undefined && !this.#waiter.closed) {
      const page: Page = await this.#reader.read(iterator, batchSize);
      if (page.records.length > 0) {
        const wanted = page.records.filter(this.#isWanted);
        if (wanted.length > 0) await batch.handOver(wanted);
        if (this.#waiter.closed) return;
        this.#checkpoints.advance(tableStreamArn, functionArn, shardId, sequenceNumberOf(page.records.at(-1)!));
      }
      iterator = page.next;
      if (iterator !== undefined && page.records.length < batchSize) await untilWritten(page.records.length > 0);
    }
    if (this.#waiter.closed) return;
    this.#checkpoints.finish(tableStreamArn, functionArn, shardId);
    this.#active.delete(shardId);
    await this.#discover();
  }

  async #resume(shardId: string): Promise<string> {
    const { tableStreamArn, functionArn } = this.#mapping;
    const { sequenceNumber } = this.#checkpoints.of(tableStreamArn, functionArn, shardId);
    try {
      return await this.#reader.iteratorAfter(shardId, sequenceNumber);
    } catch (error) {
      if (!isTrimmed(error)) throw error;
      this.#ctx.warn(
        `The stream ${tableStreamArn} no longer has what follows record ${sequenceNumber}; going on with the oldest that it has.`,
      );
      return this.#reader.iteratorAfter(shardId);
    }
  }

  /** Passes what is there, so that a restart before the first record still begins where LATEST was. */
  async #skip(shard: Shard): Promise<void> {
    const { tableStreamArn, functionArn } = this.#mapping;
    let page: Page = { records: [], next: await this.#reader.iteratorAfter(shard.id) };
    while (page.next !== undefined) {
      page = await this.#reader.read(page.next, pageSize);
      const last = page.records.at(-1);
      if (last === undefined) return;
      this.#checkpoints.advance(tableStreamArn, functionArn, shard.id, sequenceNumberOf(last));
    }
    this.#checkpoints.finish(tableStreamArn, functionArn, shard.id);
  }

  #batchOf(shardId: string): StreamBatch {
    const { tableStreamArn, functionArn, onFailureArn } = this.#mapping;
    const { invoker, deliver } = this.#services;
    return new StreamBatch(this.#mapping, shardId, {
      ctx: this.#ctx,
      invoke: (payload) => invoker.invoke(functionArn, payload),
      ...(onFailureArn !== undefined && { deliverGivenUp: (message: JsonObject) => deliver(onFailureArn, message) }),
      checkpoint: (sequenceNumber) => this.#checkpoints.advance(tableStreamArn, functionArn, shardId, sequenceNumber),
      pause: (ms) => this.#waiter.pause(ms),
      isClosed: () => this.#waiter.closed,
    });
  }

  /** Does it again after a failure, such as an iterator that has expired: every position is in the store. */
  async #persist(what: string, action: () => Promise<void>): Promise<void> {
    while (!this.#waiter.closed) {
      try {
        return await action();
      } catch (error) {
        if (this.#waiter.closed) return;
        // DynamoDB Local says so of an iterator that it gave before the shard had its first record: a new one works.
        if (isTrimmed(error)) {
          await this.#waiter.pause(newIteratorAfterMs);
          continue;
        }
        this.#ctx.warn(
          `Cannot ${what} of the stream ${this.#mapping.tableStreamArn}, trying again: ${(error as Error).message}`,
        );
        await this.#waiter.pause(retryAfterMs);
      }
    }
  }
}

function filterOf({ filters, tableStreamArn }: StreamMapping, region: string): (record: StreamRecord) => boolean {
  if (filters === undefined || filters.length === 0) return () => true;
  const predicates = filters.map(compilePattern);
  return (record) => predicates.some((matches) => matches(lambdaRecord(record, tableStreamArn, region)));
}

/** The table's name in `arn:aws:dynamodb:region:account:table/name/stream/label`. */
const tableOf = (streamArn: string): string => streamArn.split('/')[1]!;
