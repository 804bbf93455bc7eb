import { describe, expect, test } from 'vitest';
import { everything, orders, send, world } from './polled-queue.ts';
import { pass, settled } from './time.ts';

describe('a mapping', () => {
  test('hands messages over in the shape of Lambda, and deletes what was processed', async () => {
    const w = world(() => ({}));
    w.start();
    const sentAt = w.clock.now();
    w.sqs.send(orders, 'hello', { messageAttributes: { trace: { DataType: 'String', StringValue: 'abc' } } });
    await settled();
    expect(w.events).toEqual([
      {
        Records: [
          {
            messageId: '00000000-0000-4000-8000-000000000001',
            receiptHandle: expect.any(String),
            body: 'hello',
            attributes: {
              SenderId: '000000000000',
              SentTimestamp: String(sentAt),
              ApproximateReceiveCount: '1',
              ApproximateFirstReceiveTimestamp: String(sentAt),
            },
            messageAttributes: {
              trace: { dataType: 'String', stringValue: 'abc', stringListValues: [], binaryListValues: [] },
            },
            md5OfBody: '5d41402abc4b2a76b9719d911017c592',
            eventSource: 'aws:sqs',
            eventSourceARN: orders,
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
    expect(everything(w)).toBe(0);
  });

  test('takes what waited before it started, in batches of its size', async () => {
    const w = world(() => ({}));
    send(w.sqs, '1', '2', '3', '4', '5');
    w.start({ batchSize: 2 });
    await settled();
    expect(w.batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
    expect(everything(w)).toBe(0);
  });

  test('puts messages that are sent together into one batch', async () => {
    const w = world(() => ({}));
    w.start();
    for (const body of ['1', '2', '3']) w.sqs.send(orders, body);
    await settled();
    expect(w.batches).toEqual([['1', '2', '3']]);
  });

  test('gathers a batch for as long as its window, or until it is full', async () => {
    const w = world(() => ({}));
    w.start({ windowMs: 1_000, batchSize: 3 });
    send(w.sqs, '1');
    await settled();
    await pass(w.clock, 500);
    send(w.sqs, '2');
    await pass(w.clock, 499);
    expect(w.batches).toEqual([]);
    await pass(w.clock, 1);
    expect(w.batches).toEqual([['1', '2']]);
    send(w.sqs, '3', '4', '5');
    await settled();
    expect(w.batches).toEqual([
      ['1', '2'],
      ['3', '4', '5'],
    ]);
  });

  test('opens a new window after a batch that was full early', async () => {
    const w = world(() => ({}));
    w.start({ windowMs: 1_000, batchSize: 2 });
    send(w.sqs, '1');
    await pass(w.clock, 500);
    send(w.sqs, '2');
    await settled();
    send(w.sqs, '3');
    await pass(w.clock, 999);
    expect(w.batches).toEqual([['1', '2']]);
    await pass(w.clock, 1);
    expect(w.batches).toEqual([['1', '2'], ['3']]);
  });

  test('lets at most two batches run at once, or as many as it says', async () => {
    for (const [maxConcurrency, expected] of [
      [undefined, 2],
      [3, 3],
    ] as const) {
      const releases: (() => void)[] = [];
      const w = world(() => new Promise((resolve) => releases.push(() => resolve({}))));
      w.start({ batchSize: 1, ...(maxConcurrency !== undefined && { maxConcurrency }) });
      send(w.sqs, '1', '2', '3', '4');
      await settled();
      expect(w.batches).toHaveLength(expected);
      releases[0]!();
      await settled();
      expect(w.batches).toHaveLength(expected + 1);
      for (const release of releases) release();
    }
  });

  test('takes at once what an earlier process had in flight', async () => {
    const w = world(() => ({}));
    send(w.sqs, 'interrupted');
    w.sqs.receive(orders, 1);
    w.start();
    await settled();
    expect(w.batches).toEqual([['interrupted']]);
  });
});

describe('closing', () => {
  test('takes nothing new and lets a batch finish', async () => {
    let finish = (): void => {};
    const w = world(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({});
        }),
    );
    const poller = w.start();
    send(w.sqs, '1');
    await settled();
    const closing = poller.close();
    send(w.sqs, '2');
    finish();
    await closing;
    await settled();
    expect(w.batches).toEqual([['1']]);
    expect(w.sqs.counts(orders)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test('does not wait for a batch that hangs', async () => {
    const w = world(() => new Promise(() => {}));
    const poller = w.start();
    send(w.sqs, '1');
    await settled();
    await poller.close();
    expect(w.sqs.counts(orders)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });
});
