import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { functionsOnDisk } from './functions-on-disk.ts';
import { Gate, HELD } from './gate.ts';

const echo = 'export const handler = async (event) => ({ echoed: event });';

describe('an invocation', () => {
  test('answers what the handler answers', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('echo', echo);
    expect(await functions.call('echo', { a: 1 })).toEqual({ answer: { echoed: { a: 1 } }, failed: false });
  });

  test.each([
    ['its ARN', 'arn:aws:lambda:us-east-1:000000000000:function:echo'],
    ['the ARN of an alias', 'arn:aws:lambda:us-east-1:000000000000:function:echo:live'],
    ['its name and an alias', 'echo:live'],
  ])('reaches the function by %s', async (_, reference) => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('echo', echo);
    expect((await functions.call(reference, 1)).answer).toEqual({ echoed: 1 });
  });

  test('answers null when the handler answers nothing', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('silent', 'export const handler = async () => {};');
    expect(await functions.lambda.invoke('silent', '{}')).toEqual({
      statusCode: 200,
      executedVersion: '$LATEST',
      payload: 'null',
    });
  });

  test('gives the function its own environment and nothing of the runtime', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('look', 'export const handler = async () => process.env;', {
      environment: { TABLE: 'orders', AWS_REGION: 'elsewhere' },
    });
    const { answer } = await functions.call('look');
    expect(answer).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'KEY-look',
      AWS_LAMBDA_FUNCTION_NAME: 'look',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      _HANDLER: 'look.handler',
      TZ: 'UTC',
    });
    expect(answer).not.toHaveProperty('PATH');
    expect(answer).not.toHaveProperty('NODE_OPTIONS');
  });

  test('hands over a context with the time that remains', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define(
      'context',
      'export const handler = async (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });',
      { timeoutMs: 600_000 },
    );
    const { answer } = await functions.call('context');
    expect(answer).toMatchObject({
      awsRequestId: '00000000-0000-4000-8000-000000000001',
      functionName: 'context',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:context',
      memoryLimitInMB: '128',
    });
    const { remaining } = answer as { remaining: number };
    expect(remaining).toBeGreaterThan(300_000);
    expect(remaining).toBeLessThanOrEqual(600_000);
  });

  test('finds the module state of the worker that ran before it', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('count', 'let calls = 0; export const handler = async () => ++calls;');
    expect([(await functions.call('count')).answer, (await functions.call('count')).answer]).toEqual([1, 2]);
  });

  test('is refused for an unknown function, a payload that is not JSON and one over 6 MB', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('echo', echo);
    await expect(functions.lambda.invoke('nobody', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
    await expect(functions.lambda.invoke('echo', '{')).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
    });
    await expect(functions.lambda.invoke('echo', `"${'x'.repeat(6_291_456)}"`)).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    expect((await functions.call('echo', 'still alive')).answer).toEqual({ echoed: 'still alive' });
  });

  test('is metered with its billed time, and the first one of a worker with its init', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('slow', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 30));', {
      memoryMb: 512,
    });
    await functions.call('slow');
    await functions.call('slow');
    const { meter } = functions.ctx;
    expect(meter.of('lambda.invocations', 'slow')).toBe(2);
    expect(meter.of('lambda.coldStarts', 'slow')).toBe(1);
    const billedMs = meter.of('lambda.billedMs', 'slow');
    expect(billedMs).toBeGreaterThan(60);
    expect(meter.of('lambda.gbSeconds', 'slow')).toBeCloseTo(billedMs / 1000 / 2, 9);
  });

  test('leaves its lines in the log of the function, between START and REPORT', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define(
      'talk',
      `
      export const handler = async () => {
        console.log('through the console');
        await new Promise((resolve) => setTimeout(resolve, 5));
        process.stderr.write('through the stream\\n');
      };`,
    );
    await functions.call('talk');
    const [start, first, second, end, report] = (await functions.logOf('talk')).split('\n');
    const id = '00000000-0000-4000-8000-000000000001';
    expect([start, first, second, end]).toEqual([
      `START RequestId: ${id} Version: $LATEST`,
      'through the console',
      'through the stream',
      `END RequestId: ${id}`,
    ]);
    expect(report).toMatch(
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tInit Duration: [\d.]+ ms$/,
    );
  });

  test('gives the last 4 KB of its own log to a caller that asks for them, while others of the function run', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    await using functions = await functionsOnDisk(clock, { hasIdleCpu: () => true });
    await functions.define(
      'talk',
      `${HELD}
      export const handler = async ({ who }) => {
        for (let line = 0; line < 200; line += 1) console.log(who + ' says a line of some length');
        await held();
      };`,
    );
    const invoke = async (who: string) =>
      functions.lambda
        .rest({
          method: 'POST',
          path: '/2015-03-31/functions/talk/invocations',
          headers: { 'x-amz-log-type': 'Tail' },
          body: JSON.stringify({ who }),
        })!
        .answer();
    const both = [invoke('one'), invoke('other')] as const;
    await gate.untilHeld(1);
    clock.advance(150);
    await gate.untilHeld(2);
    gate.open();
    const [one, other] = await Promise.all(both);
    const tailOf = ({ headers }: typeof one) => Buffer.from(headers['x-amz-log-result']!, 'base64').toString();
    expect(tailOf(one)).toHaveLength(4_096);
    expect(tailOf(one)).toMatch(/one says a line of some length\nEND RequestId: \S+\nREPORT RequestId: .*\n$/);
    expect([tailOf(one).includes('other says'), tailOf(other).includes('one says')]).toEqual([false, false]);
  });
});
