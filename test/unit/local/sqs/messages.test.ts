import { describe, expect, test } from 'vitest';
import { arnOf, queueNamed, queues } from './queues.ts';
import { pass } from './time.ts';

const orders = arnOf('orders');
const dead = arnOf('dead');
const bodies = (messages: readonly { body: string }[]): string[] => messages.map(({ body }) => body);

describe('a message', () => {
  test('is received once while it is in flight, and again when its visibility timeout has passed', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    sqs.send(orders, 'one');
    expect(sqs.receive(orders, 10)).toMatchObject([{ body: 'one', receiveCount: 1, sentAt: clock.now() }]);
    expect(sqs.receive(orders, 10)).toEqual([]);
    await pass(clock, 29_999);
    expect(sqs.receive(orders, 10)).toEqual([]);
    await pass(clock, 1);
    expect(sqs.receive(orders, 10)).toMatchObject([{ body: 'one', receiveCount: 2 }]);
  });

  test('is gone when it is deleted', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    sqs.send(orders, 'one');
    sqs.delete(
      orders,
      sqs.receive(orders, 1).map(({ receiptHandle }) => receiptHandle),
    );
    await pass(clock, 60_000);
    expect(sqs.receive(orders, 1)).toEqual([]);
  });

  test('is not deleted with a receipt from before it was received again', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    sqs.send(orders, 'one');
    const [stale] = sqs.receive(orders, 1);
    await pass(clock, 30_000);
    sqs.receive(orders, 1);
    sqs.delete(orders, [stale!.receiptHandle]);
    await pass(clock, 30_000);
    expect(bodies(sqs.receive(orders, 1))).toEqual(['one']);
  });

  test('is received in the order of sending, at most as many as asked for', () => {
    const { sqs } = queues([queueNamed('orders')]);
    sqs.sendAll(
      orders,
      ['a', 'b', 'c'].map((body) => ({ body })),
    );
    expect(bodies(sqs.receive(orders, 2))).toEqual(['a', 'b']);
    expect(bodies(sqs.receive(orders, 2))).toEqual(['c']);
  });

  test.each([
    ['of its queue', { delayMs: 5_000 }, {}],
    ['of its own', { delayMs: 0 }, { delayMs: 5_000 }],
  ])('waits for the delay %s', async (_, queue, message) => {
    const { sqs, clock } = queues([queueNamed('orders', queue)]);
    sqs.send(orders, 'later', message);
    expect(sqs.counts(orders)).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    expect(sqs.receive(orders, 1)).toEqual([]);
    await pass(clock, 5_000);
    expect(bodies(sqs.receive(orders, 1))).toEqual(['later']);
  });

  test('is forgotten at the end of the retention', async () => {
    const { sqs, clock, store } = queues([queueNamed('orders', { retentionMs: 60_000 })]);
    sqs.send(orders, 'old');
    await pass(clock, 59_999);
    expect(sqs.counts(orders).visible).toBe(1);
    await pass(clock, 1);
    expect(sqs.counts(orders).visible).toBe(0);
    expect(sqs.receive(orders, 1)).toEqual([]);
    await pass(clock, 3_600_000);
    expect(store.prepare('SELECT * FROM sqs_messages').all()).toEqual([]);
  });

  test('becomes visible when its visibility is changed, sooner or later', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    sqs.send(orders, 'one');
    const [first] = sqs.receive(orders, 1);
    sqs.changeVisibility(orders, first!.receiptHandle, 100_000);
    await pass(clock, 99_999);
    expect(sqs.receive(orders, 1)).toEqual([]);
    await pass(clock, 1);
    const [second] = sqs.receive(orders, 1);
    sqs.changeVisibility(orders, second!.receiptHandle, 0);
    expect(sqs.receive(orders, 1)).toHaveLength(1);
  });

  test('that is not in flight has no visibility to change', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    sqs.send(orders, 'one');
    const [message] = sqs.receive(orders, 1);
    await pass(clock, 30_000);
    expect(() => sqs.changeVisibility(orders, message!.receiptHandle, 10_000)).toThrow(
      expect.objectContaining({ code: 'MessageNotInflight' }),
    );
  });

  test('outlives the process, with its receive count', async () => {
    const before = queues([queueNamed('orders')]);
    before.sqs.send(orders, 'one');
    before.sqs.receive(orders, 1);
    before.sqs.close();
    const after = queues([queueNamed('orders')], before);
    after.sqs.release(orders);
    expect(after.sqs.receive(orders, 1)).toMatchObject([{ body: 'one', receiveCount: 2 }]);
  });

  test('is refused over 1 MiB and for an unknown queue', () => {
    const { sqs } = queues([queueNamed('orders')]);
    expect(() => sqs.send(orders, 'x'.repeat(1_048_577))).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue' }),
    );
    expect(() => sqs.send(arnOf('nowhere'), 'x')).toThrow(expect.objectContaining({ code: 'QueueDoesNotExist' }));
    expect(sqs.counts(orders).visible).toBe(0);
  });
});

describe('a dead letter queue', () => {
  const withRedrive = [
    queueNamed('orders', { redrive: { deadLetterArn: dead, maxReceiveCount: 2 } }),
    queueNamed('dead'),
  ];

  test('gets a message that would be received more often than allowed', async () => {
    const { sqs, clock } = queues(withRedrive);
    sqs.send(orders, 'poison');
    for (let receive = 0; receive < 2; receive += 1) {
      expect(sqs.receive(orders, 1)).toHaveLength(1);
      await pass(clock, 30_000);
    }
    expect(sqs.receive(orders, 1)).toEqual([]);
    expect(sqs.receive(dead, 1)).toMatchObject([{ body: 'poison', receiveCount: 1, deadLetterSourceArn: orders }]);
  });

  test('wakes its receiver when it gets one', async () => {
    const { sqs, clock } = queues([
      queueNamed('orders', { redrive: { deadLetterArn: dead, maxReceiveCount: 1 } }),
      queueNamed('dead'),
    ]);
    const waiting = sqs.receiveWaiting(dead, 1, 60_000);
    sqs.send(orders, 'poison');
    sqs.receive(orders, 1);
    await pass(clock, 30_000);
    sqs.receive(orders, 1);
    expect(bodies(await waiting)).toEqual(['poison']);
  });

  test('does not take the healthy messages behind a poisonous one', async () => {
    const { sqs, clock } = queues(withRedrive);
    sqs.send(orders, 'poison');
    for (let receive = 0; receive < 2; receive += 1) {
      sqs.receive(orders, 1);
      await pass(clock, 30_000);
    }
    sqs.send(orders, 'healthy');
    expect(bodies(sqs.receive(orders, 1))).toEqual(['healthy']);
    expect(sqs.counts(dead).visible).toBe(1);
  });

  test.each([
    ['back to where they came from', undefined, 'orders'],
    ['to a queue of choice', arnOf('other'), 'other'],
  ])('gives its messages %s when they are moved', async (_, destination, target) => {
    const { sqs, clock } = queues([...withRedrive, queueNamed('other')]);
    sqs.send(orders, 'poison');
    for (let receive = 0; receive < 3; receive += 1) {
      sqs.receive(orders, 1);
      await pass(clock, 30_000);
    }
    sqs.moveMessages(dead, destination);
    expect(sqs.counts(dead).visible).toBe(0);
    expect(sqs.receive(arnOf(target), 1)).toMatchObject([{ body: 'poison', receiveCount: 1 }]);
  });
});

describe('a receiver', () => {
  test('that waits is answered when a message comes', async () => {
    const { sqs } = queues([queueNamed('orders')]);
    const waiting = sqs.receiveWaiting(orders, 10, 20_000);
    sqs.send(orders, 'one');
    expect(bodies(await waiting)).toEqual(['one']);
  });

  test('that waits is answered with nothing when its time is over, and takes nothing afterwards', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    const waiting = sqs.receiveWaiting(orders, 10, 20_000);
    await pass(clock, 20_000);
    expect(await waiting).toEqual([]);
    sqs.send(orders, 'one');
    expect(sqs.counts(orders).visible).toBe(1);
  });

  test('that waits is answered with nothing when the service closes', async () => {
    const { sqs } = queues([queueNamed('orders')]);
    const waiting = sqs.receiveWaiting(orders, 10, 20_000);
    sqs.close();
    expect(await waiting).toEqual([]);
  });

  test('is woken by a message, by the end of a delay and by the end of a visibility timeout', async () => {
    const { sqs, clock } = queues([queueNamed('orders')]);
    const wokenAt: number[] = [];
    const start = clock.now();
    sqs.onMessage(orders, () => wokenAt.push(clock.now() - start));
    sqs.sendAll(orders, [{ body: 'now' }, { body: 'soon', delayMs: 1_000 }, { body: 'later', delayMs: 2_000 }]);
    sqs.receive(orders, 1);
    await pass(clock, 40_000);
    expect(wokenAt).toEqual([0, 1_000, 2_000, 30_000]);
  });

  test('is woken after a restart by what becomes visible then', async () => {
    const before = queues([queueNamed('orders')]);
    before.sqs.send(orders, 'later', { delayMs: 5_000 });
    before.sqs.close();
    const { sqs, clock } = queues([queueNamed('orders')], before);
    const waiting = sqs.receiveWaiting(orders, 1, 20_000);
    await pass(clock, 5_000);
    expect(bodies(await waiting)).toEqual(['later']);
  });
});

describe('requests', () => {
  test('are metered once per batch and per started 64 KB, and not for receives that find nothing', () => {
    const { sqs, ctx } = queues([queueNamed('orders')]);
    const metered = (): number => ctx.meter.of('sqs.requests', 'orders');
    sqs.receive(orders, 10);
    expect(metered()).toBe(0);
    sqs.sendAll(
      orders,
      ['a', 'b', 'c'].map((body) => ({ body })),
    );
    expect(metered()).toBe(1);
    const received = sqs.receive(orders, 10);
    expect(metered()).toBe(2);
    sqs.delete(
      orders,
      received.map(({ receiptHandle }) => receiptHandle),
    );
    expect(metered()).toBe(3);
    sqs.send(orders, 'x'.repeat(65_537));
    expect(metered()).toBe(5);
  });
});

test('a FIFO queue is refused', () => {
  expect(() => queues([queueNamed('orders.fifo')])).toThrow('The queue orders.fifo is FIFO');
});
