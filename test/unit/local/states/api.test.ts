import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, never, ROLE, task } from './engine.ts';

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
      previousEventId: 4,
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

describe('machines, versions and aliases', () => {
  const answer = (Output: string): JsonObject => ({ Tell: { Type: 'Pass', Output, End: true } });

  test('a version keeps its definition; the same definition again is the same version', async () => {
    const engine = new Engine();
    engine.define(answer('one'));
    const first = engine.service.publishVersion(MACHINE);
    expect(engine.service.publishVersion(MACHINE)).toBe(first);
    engine.define(answer('two'));
    const second = engine.service.publishVersion(MACHINE);
    expect([first, second]).toEqual([`${MACHINE}:1`, `${MACHINE}:2`]);
    expect(await engine.ended(await engine.start({}, { stateMachineArn: first }))).toMatchObject({ output: 'one' });
    expect(await engine.ended(await engine.start({}, { stateMachineArn: second }))).toMatchObject({ output: 'two' });
    expect(await engine.ended(await engine.start())).toMatchObject({ output: 'two' });
  });

  test('an alias routes by weight, and the execution remembers both', async () => {
    const chances = [0.09, 0.1, 0.99];
    const engine = new Engine({ random: () => chances.shift() ?? 0 });
    engine.define(answer('one'));
    const first = engine.service.publishVersion(MACHINE);
    engine.define(answer('two'));
    const second = engine.service.publishVersion(MACHINE);
    engine.service.defineAlias(`${MACHINE}:live`, [
      { stateMachineVersionArn: first, weight: 10 },
      { stateMachineVersionArn: second, weight: 90 },
    ]);
    const versions: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      const executionArn = await engine.start({}, { stateMachineArn: `${MACHINE}:live` });
      expect(executionArn.startsWith(EXECUTION)).toBe(true);
      const { stateMachineVersionArn, stateMachineAliasArn } = await engine.finish(executionArn);
      versions.push(stateMachineVersionArn);
      expect(stateMachineAliasArn).toBe(`${MACHINE}:live`);
    }
    expect(versions).toEqual([first, second, second]);
    const through = async (arn: string) =>
      ((await engine.call('ListExecutions', { stateMachineArn: arn })).executions as unknown[]).length;
    expect(await Promise.all([MACHINE, `${MACHINE}:live`, first, second].map(through))).toEqual([3, 3, 1, 2]);
  });

  test('what runs keeps the definition it started with', async () => {
    const engine = new Engine();
    engine.define({ Wait: { Type: 'Wait', Seconds: 10, Next: 'Tell' }, ...answer('old') });
    const executionArn = await engine.start();
    await engine.settle();
    engine.define(answer('new'));
    expect(await engine.ended(executionArn)).toMatchObject({ output: 'old' });
    const { definition } = await engine.call('DescribeStateMachineForExecution', { executionArn });
    expect(definition).toContain('"old"');
    expect((await engine.call('DescribeStateMachine', { stateMachineArn: MACHINE })).definition).toContain('"new"');
  });

  test('are described and listed', async () => {
    const engine = started();
    const creationDate = engine.clock.now() / 1_000;
    expect(await engine.call('DescribeStateMachine', { stateMachineArn: MACHINE })).toMatchObject({
      stateMachineArn: MACHINE,
      name: 'machine',
      roleArn: ROLE,
      type: 'STANDARD',
      status: 'ACTIVE',
      creationDate,
    });
    const version = engine.service.publishVersion(MACHINE);
    expect(await engine.call('DescribeStateMachine', { stateMachineArn: version })).toMatchObject({
      stateMachineArn: version,
    });
    expect(await engine.call('ListStateMachines', {})).toEqual({
      stateMachines: [{ stateMachineArn: MACHINE, name: 'machine', type: 'STANDARD', creationDate }],
    });
  });

  test('refuses a definition that cannot run, and keeps the one before', async () => {
    const engine = new Engine();
    engine.define(answer('good'));
    expect(() => engine.define({ Tell: { Type: 'Dance' } })).toThrow(/state Tell, Type/);
    expect(await engine.ended(await engine.start())).toMatchObject({ output: 'good' });
  });
});

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

test('operations that the runtime does not have are refused', async () => {
  await expect(new Engine().call('CreateActivity', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  await expect(new Engine().call('DescribeExecution', { executionArn: EXECUTION })).rejects.toMatchObject({
    code: 'ExecutionDoesNotExist',
  });
});
