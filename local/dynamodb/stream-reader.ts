import { AwsError } from '../contracts.ts';
import { present, text } from '../properties.ts';
import type { DynamoDbProxy } from './proxy.ts';
import type { StreamRecord } from './stream-record.ts';

export interface Shard {
  readonly id: string;
  /** Its records come before those of this shard. */
  readonly parentId?: string;
}

export interface Page {
  readonly records: readonly StreamRecord[];
  /** Absent at the end of a closed shard. */
  readonly next?: string;
}

/** The part of the proxy that reading a stream needs. */
export type StreamSource = Pick<DynamoDbProxy, 'streamCommand' | 'onWrite'>;

/** The streams API, for one stream. */
export class StreamReader {
  readonly #proxy: Pick<StreamSource, 'streamCommand'>;
  readonly #streamArn: string;

  constructor(proxy: Pick<StreamSource, 'streamCommand'>, streamArn: string) {
    this.#proxy = proxy;
    this.#streamArn = streamArn;
  }

  /** Every shard that still has records or may get some. */
  async shards(): Promise<Shard[]> {
    const found: Shard[] = [];
    let from: string | undefined;
    do {
      const { StreamDescription } = await this.#proxy.streamCommand('DescribeStream', {
        StreamArn: this.#streamArn,
        ...present({ ExclusiveStartShardId: from }),
      });
      const page = StreamDescription as unknown as {
        Shards: { ShardId: string; ParentShardId?: string }[];
        LastEvaluatedShardId?: string;
      };
      found.push(
        ...page.Shards.map(({ ShardId, ParentShardId }) => ({
          id: ShardId,
          ...present({ parentId: ParentShardId }),
        })),
      );
      from = page.LastEvaluatedShardId;
    } while (from !== undefined);
    return found;
  }

  /**
   * An iterator that continues behind a record, or begins with the oldest.
   * @throws AwsError `TrimmedDataAccessException` when the stream no longer has what came next.
   */
  async iteratorAfter(shardId: string, sequenceNumber?: string): Promise<string> {
    const position =
      sequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequenceNumber };
    const { ShardIterator } = await this.#proxy.streamCommand('GetShardIterator', {
      StreamArn: this.#streamArn,
      ShardId: shardId,
      ...position,
    });
    return ShardIterator as string;
  }

  /** @throws AwsError `ExpiredIteratorException` when the iterator is old. */
  async read(iterator: string, limit: number): Promise<Page> {
    const { Records, NextShardIterator } = await this.#proxy.streamCommand('GetRecords', {
      ShardIterator: iterator,
      Limit: limit,
    });
    return {
      records: Records as unknown as StreamRecord[],
      ...present({ next: text(NextShardIterator) }),
    };
  }
}

export const isTrimmed = (error: unknown): boolean =>
  error instanceof AwsError && error.code === 'TrimmedDataAccessException';
