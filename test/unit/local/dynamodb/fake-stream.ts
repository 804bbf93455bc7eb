import {
  AwsError,
  type FunctionInvoker,
  type InvocationResult,
  type JsonObject,
  type ServiceContext,
} from '../../../../local/contracts.ts';
import type { StreamSource } from '../../../../local/dynamodb/stream-reader.ts';
import type { StreamRecord } from '../../../../local/dynamodb/stream-record.ts';
import type { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const tableStreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/log/stream/2026-11-21T00:00:00.000';
export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:relay';

interface FakeShard {
  readonly id: string;
  readonly parentId?: string;
  readonly records: StreamRecord[];
  closed: boolean;
}

/** A stream that a test writes: shards, records, and what goes wrong. Iterators are `shard|position`. */
export class FakeStream implements StreamSource {
  readonly #clock: VirtualClock;
  readonly #shards: FakeShard[] = [];
  readonly #listeners = new Set<(table: string) => void>();
  #written = 0;
  /** Thrown by the next GetRecords. */
  nextReadFails: AwsError | undefined;
  reads = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  openShard(id: string, parentId?: string): this {
    this.#shards.push({ id, records: [], closed: false, ...(parentId !== undefined && { parentId }) });
    return this;
  }

  closeShard(id: string): this {
    this.#shard(id).closed = true;
    return this;
  }

  /** Forgets the oldest records, as a stream does after a day. */
  trim(id: string, count: number): void {
    this.#shard(id).records.splice(0, count);
  }

  /** One record for each key, with sequence numbers 1, 2, 3… over all shards; `announced` as the proxy does. */
  write(id: string, keys: readonly string[], announced = true): this {
    for (const key of keys) this.#shard(id).records.push(this.#record(key));
    if (announced) for (const listener of this.#listeners) listener('log');
    return this;
  }

  onWrite(listener: (table: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async streamCommand(operation: string, input: JsonObject): Promise<JsonObject> {
    switch (operation) {
      case 'DescribeStream':
        return {
          StreamDescription: {
            Shards: this.#shards.map(({ id, parentId }) => ({
              ShardId: id,
              ...(parentId !== undefined && { ParentShardId: parentId }),
            })),
          },
        };
      case 'GetShardIterator':
        return { ShardIterator: `${(input as { ShardId: string }).ShardId}|${this.#positionAfter(input)}` };
      case 'GetRecords':
        return this.#read(input['ShardIterator'] as string, input['Limit'] as number);
      default:
        throw new Error(operation);
    }
  }

  #positionAfter({ ShardId, SequenceNumber }: JsonObject): number {
    if (SequenceNumber === undefined) return 0;
    const [first] = this.#shard(ShardId as string).records;
    if (first !== undefined && Number(SequenceNumber) + 1 < Number(first.dynamodb.SequenceNumber)) {
      throw new AwsError('TrimmedDataAccessException', 'trimmed');
    }
    return Number(SequenceNumber);
  }

  #read(iterator: string, limit: number): JsonObject {
    this.reads += 1;
    if (this.nextReadFails !== undefined) {
      const error = this.nextReadFails;
      this.nextReadFails = undefined;
      throw error;
    }
    const [id, after] = iterator.split('|') as [string, string];
    const shard = this.#shard(id);
    const records = shard.records
      .filter(({ dynamodb }) => Number(dynamodb.SequenceNumber) > Number(after))
      .slice(0, limit);
    const last = Number(records.at(-1)?.dynamodb.SequenceNumber ?? after);
    const ended = shard.closed && last >= Number(shard.records.at(-1)?.dynamodb.SequenceNumber ?? 0);
    return { Records: records as unknown as JsonObject[], ...(!ended && { NextShardIterator: `${id}|${last}` }) };
  }

  #record(key: string): StreamRecord {
    this.#written += 1;
    return {
      eventID: `event-${this.#written}`,
      eventName: 'INSERT',
      eventVersion: '1.1',
      dynamodb: {
        Keys: { id: { S: key } },
        NewImage: { id: { S: key } },
        SequenceNumber: String(this.#written).padStart(21, '0'),
        SizeBytes: 4,
        StreamViewType: 'NEW_IMAGE',
        ApproximateCreationDateTime: this.#clock.now() / 1000,
      },
    };
  }

  #shard(id: string): FakeShard {
    return this.#shards.find((shard) => shard.id === id)!;
  }
}

export interface Invocation {
  readonly keys: string[];
  readonly sequenceNumbers: string[];
  readonly event: JsonObject;
}

/** A function that answers what the test says for the keys it gets; throwing fails the invocation. */
export class FakeFunction implements FunctionInvoker {
  readonly invocations: Invocation[] = [];
  answer: (keys: string[], invocation: Invocation) => unknown = () => null;

  async invoke(_arn: string, payload: string): Promise<InvocationResult> {
    const event = JSON.parse(payload) as {
      Records: { dynamodb: { Keys: { id: { S: string } }; SequenceNumber: string } }[];
    };
    const invocation = {
      keys: event.Records.map(({ dynamodb }) => dynamodb.Keys.id.S),
      sequenceNumbers: event.Records.map(({ dynamodb }) => dynamodb.SequenceNumber),
      event: event as unknown as JsonObject,
    };
    this.invocations.push(invocation);
    try {
      return {
        statusCode: 200,
        executedVersion: '$LATEST',
        payload: JSON.stringify(await this.answer(invocation.keys, invocation)),
      };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      return {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
        payload: '{"errorType":"Error"}',
      };
    }
  }

  get batches(): string[] {
    return this.invocations.map(({ keys }) => keys.join(''));
  }
}

/** Lets everything that waits for nothing but promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves time in small steps, so that what timers start can run in between. */
export async function pass(ctx: ServiceContext & { readonly clock: unknown }, ms: number, step = 250): Promise<void> {
  const clock = ctx.clock as VirtualClock;
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(Math.min(step, ms - passed));
    await settle();
  }
}
