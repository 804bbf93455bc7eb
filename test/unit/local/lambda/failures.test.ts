import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { functionsOnDisk } from './functions-on-disk.ts';

const failing = (body: string) => `
  const failOnce = (event) => event.fail === true;
  export const handler = async (event) => { if (!failOnce(event)) return 'well'; ${body} };`;

describe('a function that fails', () => {
  test.each([
    ['throws', 'throw Object.assign(new Error("No stock."), { name: "OutOfStock" });', 'OutOfStock', /^No stock\.$/],
    ['throws what is not an error', 'throw "plain text";', 'string', /^plain text$/],
    ['leaves the process', 'process.exit(3);', 'Runtime.ExitError', /exit status 3$/],
    ['leaves the process politely', 'process.exit(0);', 'Runtime.ExitError', /without providing a reason$/],
    [
      'throws where nobody catches',
      'setTimeout(() => { throw new RangeError("loose"); }); await new Promise(() => {});',
      'RangeError',
      /^loose$/,
    ],
    [
      'rejects where nobody catches',
      'Promise.reject(new RangeError("lost")); await new Promise(() => {});',
      'Runtime.UnhandledPromiseRejection',
      /^RangeError: lost$/,
    ],
    ['answers a cycle', 'const a = {}; a.a = a; return a;', 'Runtime.MarshalError', /circular/],
    ['answers what has no JSON', 'return () => 1;', 'Runtime.MarshalError', /function is not JSON/],
    [
      'needs too much memory',
      'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()));',
      'Runtime.OutOfMemory',
      /memory size 16 MB/,
    ],
    ['answers more than 6 MB', 'return "x".repeat(7e6);', 'Function.ResponseSizeTooLarge', /6291556 bytes/],
  ])(
    'that %s is reported as Lambda does, and the next invocation is well',
    async (_, body, errorType, errorMessage) => {
      await using functions = await functionsOnDisk(new VirtualClock());
      await functions.define('fails', failing(body), { memoryMb: body.includes('all.push') ? 16 : 128 });
      const { answer, failed } = await functions.call('fails', { fail: true });
      expect(answer).toMatchObject({ errorType, errorMessage: expect.stringMatching(errorMessage) });
      expect(failed).toBe(true);
      expect(await functions.call('fails')).toEqual({ answer: 'well', failed: false });
    },
  );

  test('is measured as an error, beside its invocation', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('fails', failing('throw new TypeError("here");'));
    await functions.call('fails', { fail: true });
    await functions.call('fails');
    const errors = functions.ctx.measured.filter(({ name }) => name === 'Errors');
    expect(errors).toEqual(
      [1, 0].map((value) => ({
        namespace: 'AWS/Lambda',
        name: 'Errors',
        dimensions: { FunctionName: 'fails' },
        value,
      })),
    );
  });

  test('shows where an error was thrown', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('fails', failing('throw new TypeError("here");'));
    const { trace } = (await functions.call('fails', { fail: true })).answer as { trace: string[] };
    expect(trace[0]).toBe('TypeError: here');
    expect(trace[1]).toContain('fails.mjs');
  });

  test.each([
    ['waits for ever', 'await new Promise(() => {});'],
    ['loops for ever', 'for (;;);'],
  ])('that %s is ended at its timeout', async (_, body) => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('stuck', failing(body), { timeoutMs: 1_000 });
    const { answer, failed } = await functions.call('stuck', { fail: true });
    expect(answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: 00000000-0000-4000-8000-000000000001 Error: Task timed out after 1.00 seconds',
    });
    expect(failed).toBe(true);
    expect(functions.ctx.meter.of('lambda.billedMs', 'stuck')).toBeGreaterThanOrEqual(1_000);
    expect(await functions.call('stuck')).toEqual({ answer: 'well', failed: false });
  });

  test.each([
    ['has a syntax error', 'export const handler = ', 'handler', 'Runtime.ImportModuleError'],
    [
      'throws while it loads',
      'throw new Error("no table"); export const handler = 1;',
      'handler',
      'Runtime.ImportModuleError',
    ],
    ['leaves the process while it loads', 'process.exit(1); export const handler = 1;', 'handler', 'Runtime.ExitError'],
    [
      'rejects while it loads',
      'Promise.reject(new Error("no table")); await new Promise((resolve) => setTimeout(resolve, 1_000)); export const handler = 1;',
      'handler',
      'Runtime.UnhandledPromiseRejection',
    ],
    ['has no such export', 'export const handler = async () => 1;', 'main', 'Runtime.HandlerNotFound'],
    [
      'takes a callback',
      'export const handler = (event, context, callback) => callback(null, 1);',
      'handler',
      'Runtime.CallbackHandlerDeprecated',
    ],
  ])('whose bundle %s fails every invocation that waits for it', async (_, source, handlerExport, errorType) => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('broken', source, { handlerExport });
    const answers = await Promise.all([functions.call('broken'), functions.call('broken')]);
    expect(answers).toEqual([
      { answer: expect.objectContaining({ errorType }), failed: true },
      { answer: expect.objectContaining({ errorType }), failed: true },
    ]);
    expect(await functions.logOf('broken')).toContain(errorType);
  });
});
