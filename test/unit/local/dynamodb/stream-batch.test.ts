import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../local/contracts.ts';
import { functionArn, pass, tableStreamArn } from './fake-stream.ts';
import { PolledStream } from './polled-stream.ts';

let polled: PolledStream;
beforeEach(() => {
  polled = new PolledStream();
});
afterEach(() => polled.close());

describe('when the function fails', () => {
  test('the batch is retried later and later, and those behind it wait', async () => {
    polled.stream.write('s1', ['a', 'b', 'c']);
    polled.failsFor('a');
    await polled.start({ batchSize: 2 });
    await pass(polled.ctx, 1_400, 50);
    expect(polled.fn.batches).toEqual(['ab', 'ab', 'ab', 'ab']);
    polled.fn.answer = () => null;
    await pass(polled.ctx, 1_700, 50);
    expect(polled.fn.batches.slice(4)).toEqual(['ab', 'c']);
  });

  test('out of retries, the position goes to the destination and the stream goes on', async () => {
    polled.stream.write('s1', ['a', 'b', 'c']);
    polled.failsFor('a');
    await polled.start({ batchSize: 2, maxRetries: 2, onFailureArn: 'arn:dlq' });
    await pass(polled.ctx, 1_000, 50);
    expect(polled.fn.batches).toEqual(['ab', 'ab', 'ab', 'c']);
    expect(polled.delivered).toEqual([
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
    polled.stream.write('s1', ['a', 'b']);
    polled.failsFor('a');
    let reachable = false;
    polled.deliver = async () => {
      if (!reachable) throw new Error('down');
    };
    await polled.start({ batchSize: 1, maxRetries: 0, onFailureArn: 'arn:dlq' });
    await pass(polled.ctx, 3_000);
    expect(polled.fn.batches).toEqual(['a']);
    reachable = true;
    await pass(polled.ctx, 10_000);
    expect(polled.fn.batches).toEqual(['a', 'b']);
  });

  test('records that are too old are given up, even if they were never tried', async () => {
    polled.stream.write('s1', ['a']);
    polled.clock.advance(60_001);
    polled.stream.write('s1', ['b']);
    await polled.start({ maxAgeMs: 60_000, onFailureArn: 'arn:dlq' });
    expect(polled.fn.batches).toEqual(['b']);
    expect(polled.delivered[0]![1]).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });

  test('halving finds the bad record: all others succeed, and it alone is given up', async () => {
    polled.stream.write('s1', ['a', 'b', 'c', 'd', 'e']);
    polled.failsFor('d');
    await polled.start({ bisect: true, maxRetries: 1, onFailureArn: 'arn:dlq' });
    await pass(polled.ctx, 1_000, 50);
    expect(polled.fn.batches).toEqual(['abcde', 'abc', 'de', 'd', 'd', 'e']);
    expect(
      polled.delivered.map(
        ([, message]) => ((message as JsonObject)['DDBStreamBatchInfo'] as JsonObject)['startSequenceNumber'],
      ),
    ).toEqual(['000000000000000000004']);
  });

  test('a reported record is retried with those behind it, and those before it are done', async () => {
    polled.stream.write('s1', ['a', 'b', 'c']);
    polled.reports('b');
    await polled.start({ reportBatchItemFailures: true });
    await pass(polled.ctx, 1_000, 50);
    await polled.close();
    polled.fn.answer = () => null;
    await polled.start({ reportBatchItemFailures: true });
    expect(polled.fn.batches[0]).toBe('abc');
    expect(new Set(polled.fn.batches.slice(1))).toEqual(new Set(['bc']));
  });

  test('of several reported records the first one counts', async () => {
    polled.stream.write('s1', ['a', 'b', 'c', 'd']);
    polled.fn.answer = (keys, { sequenceNumbers }) => ({
      batchItemFailures:
        keys.length === 4 ? [{ itemIdentifier: sequenceNumbers[3] }, { itemIdentifier: sequenceNumbers[1] }] : [],
    });
    await polled.start({ reportBatchItemFailures: true });
    await pass(polled.ctx, 500, 50);
    expect(polled.fn.batches).toEqual(['abcd', 'bcd']);
  });

  test.each<[string, unknown]>([
    ['an id that is none of the batch', { batchItemFailures: [{ itemIdentifier: '42' }] }],
    ['an id that is empty', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['an id that is missing', { batchItemFailures: [{}] }],
  ])('%s fails the whole batch', async (_, answer) => {
    polled.stream.write('s1', ['a', 'b']);
    polled.fn.answer = () => answer;
    await polled.start({ reportBatchItemFailures: true });
    polled.fn.answer = () => null;
    await pass(polled.ctx, 500, 50);
    expect(polled.fn.batches).toEqual(['ab', 'ab']);
  });

  test.each([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    '%j means that all succeeded',
    async (answer) => {
      polled.stream.write('s1', ['a']);
      polled.fn.answer = () => answer;
      await polled.start({ reportBatchItemFailures: true });
      await pass(polled.ctx, 500, 50);
      expect(polled.fn.batches).toEqual(['a']);
    },
  );

  test('throttling uses up no retries', async () => {
    polled.stream.write('s1', ['a']);
    polled.fn.answer = () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    };
    await polled.start({ maxRetries: 0, onFailureArn: 'arn:dlq' });
    await pass(polled.ctx, 2_000, 50);
    polled.fn.answer = () => null;
    await pass(polled.ctx, 500, 50);
    expect([polled.delivered, new Set(polled.fn.batches)]).toEqual([[], new Set(['a'])]);
    polled.stream.write('s1', ['b']);
    await pass(polled.ctx, 500, 50);
    expect(polled.fn.batches.at(-1)).toBe('b');
  });

  test('closing ends a retry at once, and the next run takes it up', async () => {
    polled.stream.write('s1', ['a']);
    polled.failsFor('a');
    await polled.start();
    await polled.close();
    polled.fn.answer = () => null;
    await polled.start();
    expect(polled.fn.batches).toEqual(['a', 'a']);
  });
});
