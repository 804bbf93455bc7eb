import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, task } from './engine.ts';

const forever = { Step: task() };

describe('status changes', () => {
  test('are told at the start and at the end, in the form of the AWS event', async () => {
    const engine = new Engine({ task: async () => ({ ok: true }) });
    engine.define({ Wait: { Type: 'Wait', Seconds: 2, Next: 'Step' }, ...forever });
    const startDate = engine.clock.now();
    const executionArn = await engine.start({ a: 1 }, { name: 'one' });
    await engine.finish(executionArn);
    const common = { executionArn, stateMachineArn: MACHINE, name: 'one', startDate, input: '{"a":1}' };
    expect(engine.changes).toEqual([
      expect.objectContaining({ ...common, status: 'RUNNING', stopDate: null, output: null }),
      expect.objectContaining({ ...common, status: 'SUCCEEDED', stopDate: startDate + 2_000, output: '{"ok":true}' }),
    ]);
  });

  test.each<[string, number, number, JsonObject]>([
    [
      'both input and output when they fit together',
      120,
      120,
      { inputDetails: { included: true }, outputDetails: { included: true } },
    ],
    [
      'no input that does not fit beside the output',
      140,
      120,
      { input: null, inputDetails: { included: false }, outputDetails: { included: true } },
    ],
    [
      'no output that does not fit alone',
      1,
      250,
      { inputDetails: { included: true }, output: null, outputDetails: { included: false } },
    ],
    [
      'neither when neither fits',
      250,
      250,
      { input: null, inputDetails: { included: false }, output: null, outputDetails: { included: false } },
    ],
  ])('have %s', async (_what, inputKib, outputKib, told) => {
    const engine = new Engine({ task: async () => 'x'.repeat(outputKib * 1_024) });
    engine.define(forever);
    await engine.finish(await engine.start('x'.repeat(inputKib * 1_024)));
    expect(engine.changes[1]).toMatchObject(told);
    expect(Buffer.byteLength(JSON.stringify(engine.changes[1]))).toBeLessThan(256 * 1_024);
  });

  test('are measured, by state machine', async () => {
    const engine = new Engine({ task: async () => Promise.reject(new Error('no')) });
    engine.define(forever);
    await engine.ended(await engine.start());
    expect(engine.context.measured).toEqual(
      ['ExecutionsStarted', 'ExecutionsFailed'].map((name) => ({
        namespace: 'AWS/States',
        name,
        dimensions: { StateMachineArn: MACHINE },
        value: 1,
      })),
    );
  });

  test('a listener that fails is reported, and keeps nothing from ending', async () => {
    const engine = new Engine();
    engine.define(forever);
    engine.changes.push = () => {
      throw new Error('bus down');
    };
    expect(await engine.ended(await engine.start())).toMatchObject({ status: 'SUCCEEDED' });
    expect(engine.context.warnings).toEqual([expect.stringContaining('bus down'), expect.stringContaining('bus down')]);
  });
});
