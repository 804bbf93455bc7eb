import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../../local/contracts.ts';
import { pass, settled } from '../sqs/time.ts';
import { created, deadArn, functionArn, queueArn, world } from './delivering-bus.ts';

describe('a delivery that fails', () => {
  test('is tried again, later and later, until it succeeds', async () => {
    const { events, clock, delivered, failures, rule } = world();
    rule({ id: 't', arn: functionArn });
    failures.set(functionArn, new Error('busy'));
    await events.putEvents([created]);
    await settled();
    await pass(clock, 1_000 + 2_000);
    failures.delete(functionArn);
    await pass(clock, 3_999);
    expect(delivered).toEqual([]);
    await pass(clock, 1);
    expect(delivered.map(({ arn }) => arn)).toEqual([functionArn]);
    await pass(clock, 3_600_000);
    expect(delivered).toHaveLength(1);
  });

  test('goes to the dead letter queue when the attempts are used up', async () => {
    const { events, clock, delivered, failures, rule, ctx } = world();
    rule({ id: 't', arn: queueArn, deadLetterArn: deadArn, retry: { maximumRetryAttempts: 1 } });
    failures.set(queueArn, new Error('gone'));
    await events.putEvents([created]);
    expect(delivered).toEqual([]);
    await pass(clock, 1_000);
    expect(delivered).toMatchObject([{ arn: deadArn, payload: { detail: { orderId: 'o1' } } }]);
    expect(delivered[0]!.attributes).toEqual({
      RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/waybill/on-created',
      TARGET_ARN: queueArn,
      ERROR_CODE: 'INTERNAL_ERROR',
      ERROR_MESSAGE: 'gone',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '1',
    });
    expect(ctx.warnings).toEqual([]);
  });

  test('goes there at once when the target refuses for good', async () => {
    const { events, delivered, failures, rule } = world();
    rule({ id: 't', arn: queueArn, deadLetterArn: deadArn });
    failures.set(queueArn, new AwsError('QueueDoesNotExist', 'No such queue.'));
    await events.putEvents([created]);
    expect(delivered.map(({ arn }) => arn)).toEqual([deadArn]);
    const { ERROR_CODE, EXHAUSTED_RETRY_CONDITION } = delivered[0]!.attributes!;
    expect([ERROR_CODE, EXHAUSTED_RETRY_CONDITION]).toEqual(['NO_RESOURCE', undefined]);
  });

  test('goes there when the event is too old', async () => {
    const { events, clock, delivered, failures, rule } = world();
    rule({ id: 't', arn: functionArn, deadLetterArn: deadArn, retry: { maximumEventAgeSeconds: 60 } });
    failures.set(functionArn, new Error('busy'));
    await events.putEvents([created]);
    await pass(clock, 60_000);
    expect(delivered.map(({ arn }) => arn)).toEqual([deadArn]);
    expect(delivered[0]!.attributes).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  test('is reported when there is no dead letter queue, or that fails too', async () => {
    const { events, failures, rule, ctx } = world();
    rule({ id: 't', arn: queueArn, retry: { maximumRetryAttempts: 0 } });
    rule({ id: 't', arn: queueArn, deadLetterArn: deadArn, retry: { maximumRetryAttempts: 0 } }, { name: 'second' });
    failures.set(queueArn, new Error('gone')).set(deadArn, new Error('gone too'));
    await events.putEvents([created]);
    expect(ctx.warnings).toEqual([
      expect.stringMatching(/rule on-created .* 1 attempt.*gone\. It has no dead letter queue.*"orderId":"o1"/),
      expect.stringMatching(/rule second .*dead letter queue .*dead failed too/),
    ]);
  });

  test('is taken up again after a restart', async () => {
    const before = world();
    before.rule({ id: 't', arn: functionArn });
    before.failures.set(functionArn, new Error('busy'));
    await before.events.putEvents([created]);
    await settled();
    before.events.close();
    const after = world(before);
    after.events.resume();
    await pass(after.clock, 1_000);
    expect(after.delivered).toMatchObject([{ arn: functionArn, payload: { detail: { orderId: 'o1' } } }]);
    expect(after.ctx.store.prepare('SELECT * FROM events_deliveries').all()).toEqual([]);
  });
});
