import { describe, expect, test } from '@jest/globals';
import { AwsError, type InvocationResult, type JsonObject } from '../../../../local/contracts.ts';
import { type SqsMapping, SqsPoller } from '../../../../local/sqs/poller.ts';
import type { QueueDefinition } from '../../../../local/sqs/queue.ts';
import { arnOf, type Queues, queueNamed, queues } from './queues.ts';
import { pass, settled } from './time.ts';

const orders = arnOf('orders');
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:project';

type Answer = Partial<InvocationResult>;
interface World extends Queues {
  /** The bodies of each batch that the function got. */
  readonly batches: string[][];
  readonly events: JsonObject[];
  start(overrides?: Partial<SqsMapping>): SqsPoller;
}

function world(
  answer: (records: JsonObject[]) => Answer | Promise<Answer>,
  queue: Partial<QueueDefinition> = {},
): World {
  const services = queues([queueNamed('orders', queue), queueNamed('dead')]);
  const batches: string[][] = [];
  const events: JsonObject[] = [];
  const invoker = {
    async invoke(_name: string, payload: string): Promise<InvocationResult> {
      const event = JSON.parse(payload) as { Records: JsonObject[] };
      events.push(event);
      batches.push(event.Records.map((record) => record['body'] as string));
      return { statusCode: 200, executedVersion: '$LATEST', payload: 'null', ...(await answer(event.Records)) };
    },
  };
  return {
    ...services,
    batches,
    events,
    start: (overrides = {}) =>
      new SqsPoller(services.ctx, services.sqs, invoker, {
        queueArn: orders,
        functionArn,
        batchSize: 10,
        windowMs: 0,
        reportBatchItemFailures: true,
        ...overrides,
      }),
  };
}

const failing = (records: JsonObject[], bodies: readonly string[]): Answer => ({
  payload: JSON.stringify({
    batchItemFailures: records
      .filter((record) => bodies.includes(record['body'] as string))
      .map((record) => ({ itemIdentifier: record['messageId'] })),
  }),
});
const send = (sqs: Queues['sqs'], ...bodies: string[]): void =>
  void sqs.sendAll(
    orders,
    bodies.map((body) => ({ body })),
  );

function everything({ sqs }: Queues): number {
  const { visible, inFlight, delayed } = sqs.counts(orders);
  return visible + inFlight + delayed;
}

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

describe('what a function did not process', () => {
  test('alone is received again after the visibility timeout', async () => {
    let healed = false;
    const w = world((records) => (healed ? {} : failing(records, ['bad'])));
    w.start();
    send(w.sqs, 'good', 'bad');
    await settled();
    expect(everything(w)).toBe(1);
    healed = true;
    await pass(w.clock, 29_999);
    expect(w.batches).toEqual([['good', 'bad']]);
    await pass(w.clock, 1);
    expect(w.batches).toEqual([['good', 'bad'], ['bad']]);
    expect(everything(w)).toBe(0);
  });

  test('because it failed is the whole batch', async () => {
    const w = world(() => ({ functionError: 'Unhandled', payload: '{"errorType":"Error"}' }));
    w.start({ reportBatchItemFailures: false });
    send(w.sqs, '1', '2');
    await settled();
    expect(w.sqs.counts(orders)).toEqual({ visible: 0, inFlight: 2, delayed: 0 });
  });

  test('is nothing when the mapping does not ask for failures', async () => {
    const w = world((records) => failing(records, ['bad']));
    w.start({ reportBatchItemFailures: false });
    send(w.sqs, 'bad');
    await settled();
    expect(everything(w)).toBe(0);
  });

  test('goes to the dead letter queue after its last receive, without a further attempt', async () => {
    const w = world((records) => failing(records, ['bad']), {
      redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 2 },
    });
    w.start();
    send(w.sqs, 'bad');
    await settled();
    await pass(w.clock, 120_000);
    expect(w.batches).toEqual([['bad'], ['bad']]);
    expect(w.sqs.counts(arnOf('dead')).visible).toBe(1);
  });

  test('because it was throttled waits in silence; another refusal is reported', async () => {
    let refusal = new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    const w = world(() => {
      throw refusal;
    });
    w.start();
    send(w.sqs, '1');
    await settled();
    expect(everything(w)).toBe(1);
    expect(w.ctx.warnings).toEqual([]);
    refusal = new AwsError('ResourceNotFoundException', 'Function not found.', 404);
    await pass(w.clock, 30_000);
    expect(w.ctx.warnings).toEqual([`A batch of ${orders} could not be given to ${functionArn}: Function not found.`]);
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
    const startedAt = performance.now();
    await poller.close();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
