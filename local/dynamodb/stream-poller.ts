import { AwsError, type Deliver, type FunctionInvoker, type ServiceContext } from '../contracts.ts';
import { compilePattern } from '../event-pattern.ts';
import type { Poller } from '../event-source.ts';
import { StreamBatch } from './stream-batch.ts';
import { StreamCheckpoints } from './stream-checkpoints.ts';
import type { StreamMapping } from './stream-mapping.ts';
import { isTrimmed, type Page, type Shard, StreamReader, type StreamSource } from './stream-reader.ts';
import { lambdaRecord, type StreamRecord, sequenceNumberOf } from './stream-record.ts';
import { StreamWaiter } from './stream-waiter.ts';

const PAGE_SIZE = 1_000;
const RETRY_AFTER_MS = 1_000;
const NEW_ITERATOR_AFTER_MS = 10;

export interface StreamPollerServices {
  /** The `DynamoDbProxy`. */
  readonly proxy: StreamSource;
  readonly invoker: FunctionInvoker;
  /** Delivers to `onFailureArn`. */
  readonly deliver: Deliver;
}

/** Hands the records of a table's stream to a function: each at least once, those of a shard in order. */
export class StreamPoller implements Poller {
  readonly #context: ServiceContext;
  readonly #services: StreamPollerServices;
  readonly #mapping: StreamMapping;
  readonly #reader: StreamReader;
  readonly #checkpoints: StreamCheckpoints;
  readonly #waiter: StreamWaiter;
  readonly #isWanted: (record: StreamRecord) => boolean;
  readonly #followers = new Map<string, Promise<void>>();
  readonly #active = new Set<string>();
  readonly #discovering: Promise<void>;

  /** @throws InvalidPattern for a filter that is none */
  constructor(context: ServiceContext, services: StreamPollerServices, mapping: StreamMapping) {
    this.#context = context;
    this.#services = services;
    this.#mapping = mapping;
    this.#reader = new StreamReader(services.proxy, mapping.tableStreamArn);
    this.#checkpoints = new StreamCheckpoints(context.store, mapping);
    this.#isWanted = filterOf(mapping, context.region);
    this.#waiter = new StreamWaiter(context.clock, (wake) => {
      const table = tableOf(mapping.tableStreamArn);
      return services.proxy.onWrite((written) => {
        if (written === table) wake();
      });
    });
    this.#discovering = this.#persist('begin', () => this.#begin());
  }

  /** Resolves when no function is under way any more; the rest is taken up by the next run. */
  async close(): Promise<void> {
    this.#waiter.close();
    await this.#discovering;
    await Promise.all(this.#followers.values());
  }

  async #begin(): Promise<void> {
    if (!this.#checkpoints.isStarted()) {
      if (this.#mapping.startingPosition === 'LATEST') {
        for (const shard of await this.#reader.shards()) await this.#skip(shard);
      }
      this.#checkpoints.markStarted();
    }
    await this.#discover();
  }

  /** Follows every shard whose parent is finished, or is no longer kept. Waits for a first one if need be. */
  async #discover(): Promise<void> {
    const untilWritten = this.#waiter.reader();
    while (!this.#waiter.closed) {
      const shards = await this.#reader.shards();
      const unfinished = shards.filter(({ id }) => !this.#checkpoints.of(id).finished);
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
    const { batchSize } = this.#mapping;
    const batch = this.#batchOf(shardId);
    const untilWritten = this.#waiter.reader();
    let iterator: string | undefined = await this.#resume(shardId);
    while (iterator !== undefined && !this.#waiter.closed) {
      const page: Page = await this.#reader.read(iterator, batchSize);
      if (page.records.length > 0) {
        const wanted = page.records.filter(this.#isWanted);
        if (wanted.length > 0) await batch.handOver(wanted);
        if (this.#waiter.closed) return;
        this.#checkpoints.advance(shardId, sequenceNumberOf(page.records.at(-1)!));
      }
      iterator = page.next;
      if (iterator !== undefined && page.records.length < batchSize) await untilWritten(page.records.length > 0);
    }
    if (this.#waiter.closed) return;
    this.#checkpoints.finish(shardId);
    this.#active.delete(shardId);
    await this.#discover();
  }

  async #resume(shardId: string): Promise<string> {
    const { sequenceNumber } = this.#checkpoints.of(shardId);
    try {
      return await this.#reader.iteratorAfter(shardId, sequenceNumber);
    } catch (error) {
      if (!isTrimmed(error)) throw error;
      this.#context.warn(
        `The stream ${this.#mapping.tableStreamArn} no longer has what follows record ${sequenceNumber}; going on with the oldest that it has.`,
      );
      return this.#reader.iteratorAfter(shardId);
    }
  }

  /** Sets the checkpoint behind what is there, so that a restart before the first record still begins where LATEST was. */
  async #skip(shard: Shard): Promise<void> {
    let page: Page = { records: [], next: await this.#reader.iteratorAfter(shard.id) };
    while (page.next !== undefined) {
      page = await this.#reader.read(page.next, PAGE_SIZE);
      const last = page.records.at(-1);
      if (last === undefined) return;
      this.#checkpoints.advance(shard.id, sequenceNumberOf(last));
    }
    this.#checkpoints.finish(shard.id);
  }

  #batchOf(shardId: string): StreamBatch {
    const { functionArn } = this.#mapping;
    const { invoker, deliver } = this.#services;
    return new StreamBatch(this.#mapping, shardId, {
      context: this.#context,
      invoke: (payload) => invoker.invoke(functionArn, payload),
      deliver,
      checkpoint: (sequenceNumber) => this.#checkpoints.advance(shardId, sequenceNumber),
      pause: (ms) => this.#waiter.pause(ms),
      isClosed: () => this.#waiter.closed,
    });
  }

  /** A table was deleted: a new one of its name has another stream. */
  #end(): void {
    this.#waiter.close();
    const { tableStreamArn, functionArn } = this.#mapping;
    this.#context.warn(`The stream ${tableStreamArn} was deleted: ${functionArn} gets no more of it.`);
  }

  /** Repeats the action after a failure, such as an iterator that has expired: every position is in the store. */
  async #persist(what: string, action: () => Promise<void>): Promise<void> {
    while (!this.#waiter.closed) {
      try {
        return await action();
      } catch (error) {
        if (this.#waiter.closed) return;
        // DynamoDB Local answers this for an iterator from before the shard's first record; a new iterator works.
        if (isTrimmed(error)) {
          await this.#waiter.pause(NEW_ITERATOR_AFTER_MS);
          continue;
        }
        if (isGone(error)) return this.#end();
        this.#context.warn(
          `Cannot ${what} of the stream ${this.#mapping.tableStreamArn}, trying again: ${(error as Error).message}`,
        );
        await this.#waiter.pause(RETRY_AFTER_MS);
      }
    }
  }
}

const isGone = (error: unknown): boolean => error instanceof AwsError && error.code === 'ResourceNotFoundException';

function filterOf({ filters, tableStreamArn }: StreamMapping, region: string): (record: StreamRecord) => boolean {
  if (filters === undefined || filters.length === 0) return () => true;
  const predicates = filters.map(compilePattern);
  return (record) => predicates.some((matches) => matches(lambdaRecord(record, tableStreamArn, region)));
}

/** The table's name in `arn:aws:dynamodb:region:account:table/name/stream/label`. */
const tableOf = (streamArn: string): string => streamArn.split('/')[1]!;
