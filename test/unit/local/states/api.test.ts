import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, never, task } from './engine.ts';

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:machine:';
const forever = { Step: task() };

function started(): Engine {
  const engine = new Engine({ task: never });
  engine.define(forever);
  return engine;
}

describe('StartExecution', () => {
  test('names the execution after the machine and the given name, and counts time in seconds', async () => {
    const engine = started();
    const answer = await engine.call('StartExecution', { stateMachineArn: MACHINE, name: 'one', input: '{"a":1}' });
    expect(answer).toEqual({ executionArn: `${EXECUTION}one`, startDate: engine.clock.now() / 1_000 });
    expect(await engine.call('DescribeExecution', { executionArn: `${EXECUTION}one` })).toMatchObject({
      status: 'RUNNING',
      input: '{"a":1}',
      name: 'one',
      stateMachineArn: MACHINE,
    });
  });

  test('is the same execution for the same name and input while it runs', async () => {
    const engine = started();
    const first = await engine.call('StartExecution', { stateMachineArn: MACHINE, name: 'one', input: '{}' });
    engine.clock.advance(1_000);
    expect(await engine.call('StartExecution', { stateMachineArn: MACHINE, name: 'one', input: '{}' })).toEqual(first);
    await engine.settle();
    expect(await engine.historyTypes(`${EXECUTION}one`)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
    ]);
  });

  test('refuses the name for another input, and for good once the execution has ended', async () => {
    const engine = started();
    const same = { stateMachineArn: MACHINE, name: 'one', input: '{}' };
    const { executionArn } = await engine.call('StartExecution', same);
    await expect(engine.call('StartExecution', { ...same, input: '{"b":1}' })).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
    await engine.call('StopExecution', { executionArn: executionArn! });
    await expect(engine.call('StartExecution', same)).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  });

  test('finds a name by itself, and {} as input', async () => {
    const engine = started();
    const { executionArn } = await engine.call('StartExecution', { stateMachineArn: MACHINE });
    expect(await engine.call('DescribeExecution', { executionArn: executionArn! })).toMatchObject({
      input: '{}',
      name: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  test.each<[string, JsonObject, string]>([
    ['a blank in the name', { name: 'a b' }, 'InvalidName'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'InvalidName'],
    ['a colon in the name', { name: 'a:b' }, 'InvalidName'],
    ['a control character in the name', { name: 'a\u0007' }, 'InvalidName'],
    ['an input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['an input of more than 256 KiB', { input: JSON.stringify('x'.repeat(262_143)) }, 'InvalidExecutionInput'],
    ['a machine that is not there', { stateMachineArn: `${MACHINE}2` }, 'StateMachineDoesNotExist'],
    ['no machine', { stateMachineArn: null }, 'ValidationException'],
  ])('refuses %s', async (_what, fields, code) => {
    await expect(started().call('StartExecution', { stateMachineArn: MACHINE, ...fields })).rejects.toMatchObject({
      code,
    });
  });

  test('takes names that AWS takes', async () => {
    for (const name of ["o'brien.v2+x=(1)@home!", 'é', 'x'.repeat(80)]) {
      expect(await started().call('StartExecution', { stateMachineArn: MACHINE, name })).toMatchObject({
        executionArn: `${EXECUTION}${name}`,
      });
    }
  });

  test('is refused by an engine that is closed', async () => {
    const engine = started();
    engine.service.close();
    await expect(engine.start()).rejects.toMatchObject({ code: 'ServiceUnavailable', status: 503 });
  });
});

describe('StopExecution', () => {
  test('aborts with an error and a cause, whatever the execution is doing', async () => {
    const engine = started();
    const executionArn = await engine.start();
    await engine.settle();
    engine.clock.advance(500);
    expect(await engine.call('StopExecution', { executionArn, error: 'Enough', cause: 'by hand' })).toEqual({
      stopDate: engine.clock.now() / 1_000,
    });
    expect(await engine.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'by hand',
    });
    expect((await engine.history(executionArn)).at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      previousEventId: 0,
      executionAbortedEventDetails: { error: 'Enough', cause: 'by hand' },
    });
  });

  test('gives up what the execution was waiting for', async () => {
    const engine = new Engine({ task: never });
    engine.define({ Step: task({ TimeoutSeconds: 60 }) }, { TimeoutSeconds: 600 });
    const executionArn = await engine.start();
    await engine.settle();
    await engine.call('StopExecution', { executionArn });
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test('changes nothing once the execution has ended', async () => {
    const engine = new Engine();
    engine.define(forever);
    const executionArn = await engine.start();
    const { stopDate } = await engine.finish(executionArn);
    engine.clock.advance(1_000);
    expect(await engine.call('StopExecution', { executionArn })).toEqual({ stopDate });
    expect(await engine.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('ListExecutions', () => {
  test('gives the newest first, page by page, while others are started', async () => {
    const engine = started();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await engine.start({}, { name });
      // Two of them at the same millisecond.
      if (name !== 'b') engine.clock.advance(1_000);
    }
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await engine.call('ListExecutions', {
        stateMachineArn: MACHINE,
        maxResults: 2,
        ...(nextToken ? { nextToken } : {}),
      });
      names.push(...(page.executions as unknown as { name: string }[]).map(({ name }) => name));
      nextToken = page.nextToken as string | undefined;
      await engine.start({}, { name: `later-${names.length}` });
    } while (nextToken);
    expect(names).toEqual(['e', 'd', 'b', 'c', 'a']);
  });

  test('has no next page when this one holds the last', async () => {
    const engine = started();
    for (const name of ['a', 'b']) await engine.start({}, { name });
    expect(Object.keys(await engine.call('ListExecutions', { stateMachineArn: MACHINE, maxResults: 2 }))).toEqual([
      'executions',
    ]);
  });

  test('filters by status', async () => {
    const engine = started();
    const executionArn = await engine.start({}, { name: 'stopped' });
    await engine.start({}, { name: 'running' });
    await engine.call('StopExecution', { executionArn });
    const list = async (statusFilter: string) =>
      (
        (await engine.call('ListExecutions', { stateMachineArn: MACHINE, statusFilter })).executions as unknown as {
          name: string;
        }[]
      ).map(({ name }) => name);
    expect(await list('RUNNING')).toEqual(['running']);
    expect(await list('ABORTED')).toEqual(['stopped']);
    expect(await list('FAILED')).toEqual([]);
  });

  test.each<[JsonObject, string]>([
    [{ statusFilter: 'LOST' }, 'ValidationException'],
    [{ maxResults: 1_001 }, 'ValidationException'],
    [{ maxResults: -1 }, 'ValidationException'],
    [{ nextToken: 'x' }, 'InvalidToken'],
  ])('refuses %j', async (fields, code) => {
    await expect(started().call('ListExecutions', { stateMachineArn: MACHINE, ...fields })).rejects.toMatchObject({
      code,
    });
  });
});

test('operations that the runtime does not have are refused', async () => {
  await expect(new Engine().call('RestartExecution', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  await expect(new Engine().call('DescribeExecution', { executionArn: EXECUTION })).rejects.toMatchObject({
    code: 'ExecutionDoesNotExist',
  });
});
