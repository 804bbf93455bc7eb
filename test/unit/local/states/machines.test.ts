import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, never, ROLE, task } from './engine.ts';

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:machine:';
const forever = { Step: task() };

function started(): Engine {
  const engine = new Engine({ task: never });
  engine.define(forever);
  return engine;
}

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
