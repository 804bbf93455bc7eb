import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../../local/contracts.ts';
import { FakeFunction, FakeStream, pass, tableStreamArn } from './fake-stream.ts';
import { PolledStream } from './polled-stream.ts';

let polled: PolledStream;
beforeEach(() => {
  polled = new PolledStream();
});
afterEach(() => polled.close());

describe('reading', () => {
  test('a record reaches the function as Lambda hands it over', async () => {
    polled.stream.write('s1', ['a']);
    await polled.start();
    expect(polled.fn.invocations[0]!.event).toEqual({
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
    polled.stream.write('s1', ['a', 'b', 'c', 'd', 'e']);
    await polled.start({ batchSize: 2 });
    await pass(polled.ctx, 20, 5);
    expect(polled.fn.batches).toEqual(['ab', 'cd', 'e']);
  });

  test('LATEST passes what was there, also when the first record comes after a restart', async () => {
    polled.stream.write('s1', ['a', 'b']);
    await polled.start({ startingPosition: 'LATEST' });
    await polled.close();
    polled.stream.write('s1', ['c']);
    await polled.start({ startingPosition: 'LATEST' });
    expect(polled.fn.batches).toEqual(['c']);
  });

  test('a write wakes it within milliseconds, and idle it reads once a second', async () => {
    await polled.start();
    await pass(polled.ctx, 5_000);
    const before = polled.stream.reads;
    await pass(polled.ctx, 10_000);
    expect(polled.stream.reads - before).toBe(10);
    polled.stream.write('s1', ['a']);
    await pass(polled.ctx, 10, 1);
    expect(polled.fn.batches).toEqual(['a']);
  });

  test('a record that becomes visible only after its write was announced is found soon', async () => {
    await polled.start();
    await pass(polled.ctx, 3_000);
    polled.stream.write('s1', []);
    await pass(polled.ctx, 15, 1);
    polled.stream.write('s1', ['late'], false);
    await pass(polled.ctx, 25, 1);
    expect(polled.fn.batches).toEqual(['late']);
  });

  test('a write that was not announced is found by the poll', async () => {
    await polled.start();
    await pass(polled.ctx, 3_000);
    polled.stream.write('s1', ['ttl'], false);
    await pass(polled.ctx, 1_000);
    expect(polled.fn.batches).toEqual(['ttl']);
  });

  test('children of a shard are read when the parent is finished', async () => {
    polled.stream
      .write('s1', ['a', 'b'])
      .closeShard('s1')
      .openShard('s2', 's1')
      .write('s2', ['c'])
      .openShard('s3', 's2')
      .closeShard('s2')
      .write('s3', ['d']);
    await polled.start();
    await pass(polled.ctx, 1_000, 50);
    expect(polled.fn.batches).toEqual(['ab', 'c', 'd']);
  });

  test('a parent that fails holds its children up', async () => {
    polled.stream.write('s1', ['a']).closeShard('s1').openShard('s2', 's1').write('s2', ['b']);
    polled.failsFor('a');
    await polled.start();
    await pass(polled.ctx, 2_000);
    expect(new Set(polled.fn.batches)).toEqual(new Set(['a']));
    polled.fn.answer = () => null;
    await pass(polled.ctx, 12_000);
    expect(polled.fn.batches.slice(-2)).toEqual(['a', 'b']);
  });

  test('a shard that opens after the last one was closed is found', async () => {
    polled.stream.write('s1', ['a']).closeShard('s1');
    await polled.start();
    polled.stream.openShard('s2', 's1').write('s2', ['b']);
    await pass(polled.ctx, 1_500);
    expect(polled.fn.batches).toEqual(['a', 'b']);
  });

  test('a stream without a shard is waited for', async () => {
    polled.stream = new FakeStream(polled.clock);
    await polled.start();
    polled.stream.openShard('s1').write('s1', ['a']);
    await pass(polled.ctx, 1_500);
    expect(polled.fn.batches).toEqual(['a']);
  });

  test('an expired iterator is replaced, and nothing is handed over twice', async () => {
    polled.stream.write('s1', ['a']);
    await polled.start();
    polled.stream.nextReadFails = new AwsError('ExpiredIteratorException', 'expired');
    polled.stream.write('s1', ['b']);
    await pass(polled.ctx, 3_000);
    expect(polled.fn.batches).toEqual(['a', 'b']);
    expect(polled.ctx.warnings).toHaveLength(1);
  });

  test('only records that match a filter are handed over, the others count as done', async () => {
    polled.stream.write('s1', ['a', 'b', 'a']);
    await polled.start({ filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { id: { S: ['b'] } } } }] });
    await polled.restart();
    expect(polled.fn.batches).toEqual(['b']);
  });
});

describe('after a restart', () => {
  test('it goes on behind what succeeded', async () => {
    polled.stream.write('s1', ['a', 'b']);
    await polled.start();
    await polled.close();
    polled.stream.write('s1', ['c']);
    await polled.start();
    expect(polled.fn.batches).toEqual(['ab', 'c']);
  });

  test('a batch under way when the process ended is handed over again', async () => {
    polled.stream.write('s1', ['a', 'b']);
    polled.fn.answer = () => new Promise(() => undefined);
    await polled.start();
    const [killed, revived] = [polled.fn, new FakeFunction()];
    polled.fn = revived;
    const abandoned = polled.poller;
    await polled.start();
    expect([killed.batches, revived.batches]).toEqual([['ab'], ['ab']]);
    expect(abandoned).not.toBe(polled.poller);
  });

  test('what the stream no longer has is warned about, and the oldest it has comes next', async () => {
    polled.stream.write('s1', ['a']);
    await polled.start();
    await polled.close();
    polled.stream.write('s1', ['b', 'c']).trim('s1', 2);
    await polled.start();
    expect(polled.fn.batches).toEqual(['a', 'c']);
    expect(polled.ctx.warnings).toEqual([expect.stringContaining('no longer has')]);
  });

  test('finished shards are not read again', async () => {
    polled.stream.write('s1', ['a']).closeShard('s1').openShard('s2', 's1').write('s2', ['b']);
    await polled.start();
    await polled.restart();
    expect(polled.fn.batches).toEqual(['a', 'b']);
  });
});
