import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError, type Json, type JsonObject } from '../../../../local/contracts.ts';
import type { StreamMapping } from '../../../../local/dynamodb/stream-mapping.ts';
import { StreamPoller } from '../../../../local/dynamodb/stream-poller.ts';
import { type TestContext, testContext } from '../../../support/service-context.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { FakeFunction, FakeStream, functionArn, pass, settle, tableStreamArn } from './fake-stream.ts';

let clock: VirtualClock;
let ctx: TestContext;
let stream: FakeStream;
let fn: FakeFunction;
let delivered: [arn: string, message: Json][];
let poller: StreamPoller;

beforeEach(() => {
  clock = new VirtualClock();
  ctx = testContext(clock);
  stream = new FakeStream(clock).openShard('s1');
  fn = new FakeFunction();
  delivered = [];
});
afterEach(() => poller.close());

async function start(over: Partial<StreamMapping> = {}): Promise<void> {
  poller = new StreamPoller(
    ctx,
    { proxy: stream, invoker: fn, deliver: async (arn, message) => void delivered.push([arn, message]) },
    { tableStreamArn, functionArn, batchSize: 10, startingPosition: 'TRIM_HORIZON', ...over },
  );
  await settle();
}

async function restart(over: Partial<StreamMapping> = {}): Promise<void> {
  await poller.close();
  await start(over);
}

const failsFor = (bad: string): void => {
  fn.answer = (keys) => {
    if (keys.includes(bad)) throw new Error('cannot');
  };
};
const reports = (bad: string): void => {
  fn.answer = (keys, { sequenceNumbers }) => ({
    batchItemFailures: keys.includes(bad) ? [{ itemIdentifier: sequenceNumbers[keys.indexOf(bad)] }] : [],
  });
};

describe('reading', () => {
  test('a record reaches the function as Lambda hands it over', async () => {
    stream.write('s1', ['a']);
    await start();
    expect(fn.invocations[0]!.event).toEqual({
      Records: [
        {
          eventID: 'event-1',
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'us-east-1',
          eventSourceARN: tableStreamArn,
          dynamodb: {
            Keys: { id: { S: 'a' } },
            NewImage: { id: { S: 'a' } },
            SequenceNumber: '000000000000000000001',
            SizeBytes: 4,
            StreamViewType: 'NEW_IMAGE',
            ApproximateCreationDateTime: Date.UTC(2026, 10, 21) / 1000,
          },
        },
      ],
    });
  });

  test('batches are full while there is enough, and in order', async () => {
    stream.write('s1', ['a', 'b', 'c', 'd', 'e']);
    await start({ batchSize: 2 });
    await pass(ctx, 20, 5);
    expect(fn.batches).toEqual(['ab', 'cd', 'e']);
  });

  test('LATEST passes what was there, also when the first record comes after a restart', async () => {
    stream.write('s1', ['a', 'b']);
    await start({ startingPosition: 'LATEST' });
    await poller.close();
    stream.write('s1', ['c']);
    await start({ startingPosition: 'LATEST' });
    expect(fn.batches).toEqual(['c']);
  });

  test('a write wakes it within milliseconds, and idle it reads once a second', async () => {
    await start();
    await pass(ctx, 5_000);
    const before = stream.reads;
    await pass(ctx, 10_000);
    expect(stream.reads - before).toBe(10);
    stream.write('s1', ['a']);
    await pass(ctx, 10, 1);
    expect(fn.batches).toEqual(['a']);
  });

  test('a record that becomes visible only after its write was announced is found soon', async () => {
    await start();
    await pass(ctx, 3_000);
    stream.write('s1', []);
    await pass(ctx, 15, 1);
    stream.write('s1', ['late'], false);
    await pass(ctx, 25, 1);
    expect(fn.batches).toEqual(['late']);
  });

  test('what nobody announced is found by the poll', async () => {
    await start();
    await pass(ctx, 3_000);
    stream.write('s1', ['ttl'], false);
    await pass(ctx, 1_000);
    expect(fn.batches).toEqual(['ttl']);
  });

  test('children of a shard are read when the parent is finished', async () => {
    stream
      .write('s1', ['a', 'b'])
      .closeShard('s1')
      .openShard('s2', 's1')
      .write('s2', ['c'])
      .openShard('s3', 's2')
      .closeShard('s2')
      .write('s3', ['d']);
    await start();
    await pass(ctx, 1_000, 50);
    expect(fn.batches).toEqual(['ab', 'c', 'd']);
  });

  test('a parent that fails holds its children up', async () => {
    stream.write('s1', ['a']).closeShard('s1').openShard('s2', 's1').write('s2', ['b']);
    failsFor('a');
    await start();
    await pass(ctx, 2_000);
    expect(new Set(fn.batches)).toEqual(new Set(['a']));
    fn.answer = () => null;
    await pass(ctx, 12_000);
    expect(fn.batches.slice(-2)).toEqual(['a', 'b']);
  });

  test('a shard that opens after the last one was closed is found', async () => {
    stream.write('s1', ['a']).closeShard('s1');
    await start();
    stream.openShard('s2', 's1').write('s2', ['b']);
    await pass(ctx, 1_500);
    expect(fn.batches).toEqual(['a', 'b']);
  });

  test('a stream without a shard is waited for', async () => {
    stream = new FakeStream(clock);
    await start();
    stream.openShard('s1').write('s1', ['a']);
    await pass(ctx, 1_500);
    expect(fn.batches).toEqual(['a']);
  });

  test('an expired iterator is replaced, and nothing is handed over twice', async () => {
    stream.write('s1', ['a']);
    await start();
    stream.nextReadFails = new AwsError('ExpiredIteratorException', 'expired');
    stream.write('s1', ['b']);
    await pass(ctx, 3_000);
    expect(fn.batches).toEqual(['a', 'b']);
    expect(ctx.warnings).toHaveLength(1);
  });

  test('only records that match a filter are handed over, the others count as done', async () => {
    stream.write('s1', ['a', 'b', 'a']);
    await start({ filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { id: { S: ['b'] } } } }] });
    await restart();
    expect(fn.batches).toEqual(['b']);
  });
});

describe('after a restart', () => {
  test('it goes on behind what succeeded', async () => {
    stream.write('s1', ['a', 'b']);
    await start();
    await poller.close();
    stream.write('s1', ['c']);
    await start();
    expect(fn.batches).toEqual(['ab', 'c']);
  });

  test('a batch under way when the process ended is handed over again', async () => {
    stream.write('s1', ['a', 'b']);
    fn.answer = () => new Promise(() => undefined);
    await start();
    const [killed, revived] = [fn, new FakeFunction()];
    fn = revived;
    const abandoned = poller;
    await start();
    expect([killed.batches, revived.batches]).toEqual([['ab'], ['ab']]);
    expect(abandoned).not.toBe(poller);
  });

  test('what the stream no longer has is warned about, and the oldest it has comes next', async () => {
    stream.write('s1', ['a']);
    await start();
    await poller.close();
    stream.write('s1', ['b', 'c']).trim('s1', 2);
    await start();
    expect(fn.batches).toEqual(['a', 'c']);
    expect(ctx.warnings).toEqual([expect.stringContaining('no longer has')]);
  });

  test('finished shards are not read again', async () => {
    stream.write('s1', ['a']).closeShard('s1').openShard('s2', 's1').write('s2', ['b']);
    await start();
    await restart();
    expect(fn.batches).toEqual(['a', 'b']);
  });
});

describe('when the function fails', () => {
  test('the batch is retried later and later, and those behind it wait', async () => {
    stream.write('s1', ['a', 'b', 'c']);
    failsFor('a');
    await start({ batchSize: 2 });
    await pass(ctx, 1_400, 50);
    expect(fn.batches).toEqual(['ab', 'ab', 'ab', 'ab']);
    fn.answer = () => null;
    await pass(ctx, 1_700, 50);
    expect(fn.batches.slice(4)).toEqual(['ab', 'c']);
  });

  test('out of retries, the position goes to the destination and the stream goes on', async () => {
    stream.write('s1', ['a', 'b', 'c']);
    failsFor('a');
    await start({ batchSize: 2, maxRetries: 2, onFailureArn: 'arn:dlq' });
    await pass(ctx, 1_000, 50);
    expect(fn.batches).toEqual(['ab', 'ab', 'ab', 'c']);
    expect(delivered).toEqual([
      [
        'arn:dlq',
        {
          requestContext: {
            requestId: expect.any(String),
            functionArn,
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 3,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: expect.stringMatching(/^2026-11-21T00:00:00\.[67]/),
          DDBStreamBatchInfo: {
            shardId: 's1',
            startSequenceNumber: '000000000000000000001',
            endSequenceNumber: '000000000000000000002',
            approximateArrivalOfFirstRecord: '2026-11-21T00:00:00.000Z',
            approximateArrivalOfLastRecord: '2026-11-21T00:00:00.000Z',
            batchSize: 2,
            streamArn: tableStreamArn,
          },
        },
      ],
    ]);
  });

  test('a destination that cannot be reached holds the stream up', async () => {
    stream.write('s1', ['a', 'b']);
    failsFor('a');
    let reachable = false;
    const deliver = async () => {
      if (!reachable) throw new Error('down');
    };
    poller = new StreamPoller(
      ctx,
      { proxy: stream, invoker: fn, deliver },
      {
        tableStreamArn,
        functionArn,
        batchSize: 1,
        startingPosition: 'TRIM_HORIZON',
        maxRetries: 0,
        onFailureArn: 'arn:dlq',
      },
    );
    await pass(ctx, 3_000);
    expect(fn.batches).toEqual(['a']);
    reachable = true;
    await pass(ctx, 10_000);
    expect(fn.batches).toEqual(['a', 'b']);
  });

  test('records that are too old are given up, even if they were never tried', async () => {
    stream.write('s1', ['a']);
    clock.advance(60_001);
    stream.write('s1', ['b']);
    await start({ maxAgeMs: 60_000, onFailureArn: 'arn:dlq' });
    expect(fn.batches).toEqual(['b']);
    expect(delivered[0]![1]).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });

  test('halving finds the bad record: all others succeed, and it alone is given up', async () => {
    stream.write('s1', ['a', 'b', 'c', 'd', 'e']);
    failsFor('d');
    await start({ bisect: true, maxRetries: 1, onFailureArn: 'arn:dlq' });
    await pass(ctx, 1_000, 50);
    expect(fn.batches).toEqual(['abcde', 'abc', 'de', 'd', 'd', 'e']);
    expect(
      delivered.map(
        ([, message]) => ((message as JsonObject)['DDBStreamBatchInfo'] as JsonObject)['startSequenceNumber'],
      ),
    ).toEqual(['000000000000000000004']);
  });

  test('a reported record is retried with those behind it, and those before it are done', async () => {
    stream.write('s1', ['a', 'b', 'c']);
    reports('b');
    await start({ reportBatchItemFailures: true });
    await pass(ctx, 1_000, 50);
    await poller.close();
    fn.answer = () => null;
    await start({ reportBatchItemFailures: true });
    expect(fn.batches[0]).toBe('abc');
    expect(new Set(fn.batches.slice(1))).toEqual(new Set(['bc']));
  });

  test('of several reported records the first one counts', async () => {
    stream.write('s1', ['a', 'b', 'c', 'd']);
    fn.answer = (keys, { sequenceNumbers }) => ({
      batchItemFailures:
        keys.length === 4 ? [{ itemIdentifier: sequenceNumbers[3] }, { itemIdentifier: sequenceNumbers[1] }] : [],
    });
    await start({ reportBatchItemFailures: true });
    await pass(ctx, 500, 50);
    expect(fn.batches).toEqual(['abcd', 'bcd']);
  });

  test.each<[string, unknown]>([
    ['an id that is none of the batch', { batchItemFailures: [{ itemIdentifier: '42' }] }],
    ['an id that is empty', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['an id that is missing', { batchItemFailures: [{}] }],
  ])('%s fails the whole batch', async (_, answer) => {
    stream.write('s1', ['a', 'b']);
    fn.answer = () => answer;
    await start({ reportBatchItemFailures: true });
    fn.answer = () => null;
    await pass(ctx, 500, 50);
    expect(fn.batches).toEqual(['ab', 'ab']);
  });

  test.each([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    '%j means that all succeeded',
    async (answer) => {
      stream.write('s1', ['a']);
      fn.answer = () => answer;
      await start({ reportBatchItemFailures: true });
      await pass(ctx, 500, 50);
      expect(fn.batches).toEqual(['a']);
    },
  );

  test('throttling uses up no retries', async () => {
    stream.write('s1', ['a']);
    fn.answer = () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    };
    await start({ maxRetries: 0, onFailureArn: 'arn:dlq' });
    await pass(ctx, 2_000, 50);
    fn.answer = () => null;
    await pass(ctx, 500, 50);
    expect([delivered, new Set(fn.batches)]).toEqual([[], new Set(['a'])]);
    stream.write('s1', ['b']);
    await pass(ctx, 500, 50);
    expect(fn.batches.at(-1)).toBe('b');
  });

  test('closing ends a retry at once, and the next run takes it up', async () => {
    stream.write('s1', ['a']);
    failsFor('a');
    await start();
    await poller.close();
    fn.answer = () => null;
    await start();
    expect(fn.batches).toEqual(['a', 'a']);
  });
});
