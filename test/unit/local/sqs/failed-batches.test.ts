import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../../local/contracts.ts';
import { everything, failing, functionArn, orders, send, world } from './polled-queue.ts';
import { arnOf } from './queues.ts';
import { pass, settled } from './time.ts';

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
