import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, type EngineOptions, failing, machine, never, RESOURCE, ROLE, task } from './engine.ts';

const QUICK = 'arn:aws:states:us-east-1:000000000000:stateMachine:quick';

async function express(options: EngineOptions = {}, states: JsonObject = { Step: task() }): Promise<Engine> {
  const engine = new Engine(options);
  const definition = JSON.stringify(machine(states));
  await engine.call('CreateStateMachine', { name: 'quick', definition, roleArn: ROLE, type: 'EXPRESS' });
  return engine;
}

describe('an express state machine', () => {
  test('answers the caller that waits for its end', async () => {
    const engine = await express({ task: async (args) => args });
    const answer = await engine.call('StartSyncExecution', { stateMachineArn: QUICK, name: 'one', input: '{"a":1}' });
    const now = engine.clock.now() / 1_000;
    expect(answer).toEqual({
      executionArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:express:quick:one:.+$/),
      stateMachineArn: QUICK,
      name: 'one',
      startDate: now,
      stopDate: now,
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
    });
  });

  test('tells a failure as an answer', async () => {
    const engine = await express({ task: failing(['Broken']) });
    expect(await engine.call('StartSyncExecution', { stateMachineArn: QUICK })).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
      cause: 'because of Broken',
    });
  });

  test('ends after five minutes', async () => {
    const engine = await express({ task: never });
    const answer = engine.call('StartSyncExecution', { stateMachineArn: QUICK });
    await engine.settle();
    engine.clock.advance(300_000);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  test('runs once for each start, also under one name, and nothing of it is kept', async () => {
    let calls = 0;
    const engine = await express({ task: async () => (calls += 1) });
    const first = await engine.start({}, { stateMachineArn: QUICK, name: 'same' });
    await engine.start({}, { stateMachineArn: QUICK, name: 'same' });
    await engine.settle();
    expect(calls).toBe(2);
    await expect(engine.call('DescribeExecution', { executionArn: first })).rejects.toMatchObject({
      code: 'InvalidArn',
    });
    await expect(engine.call('ListExecutions', { stateMachineArn: QUICK })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
    });
  });

  test('has no tasks that wait for their token, however deep', async () => {
    const inner = machine({ Ask: { Type: 'Task', Resource: `${RESOURCE}.waitForTaskToken`, End: true } });
    await expect(express({}, { All: { Type: 'Parallel', Branches: [inner], End: true } })).rejects.toMatchObject({
      code: 'InvalidDefinition',
      message: expect.stringContaining('state Ask'),
    });
  });

  test('is not answered by an engine that stops', async () => {
    const engine = await express({ task: never });
    const answer = engine.call('StartSyncExecution', { stateMachineArn: QUICK });
    await engine.settle();
    engine.service.close();
    await expect(answer).rejects.toMatchObject({ code: 'ServiceUnavailable' });
  });
});

test('a standard state machine has no caller that waits', async () => {
  const engine = new Engine();
  engine.define({ Done: { Type: 'Succeed' } });
  const stateMachineArn = QUICK.replace('quick', 'machine');
  await expect(engine.call('StartSyncExecution', { stateMachineArn })).rejects.toMatchObject({
    code: 'StateMachineTypeNotSupported',
  });
});
