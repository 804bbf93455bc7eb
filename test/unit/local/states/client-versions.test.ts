import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, machine, ROLE } from './engine.ts';

const MINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:mine';
const tell = (Output: string): string => JSON.stringify(machine({ Tell: { Type: 'Pass', Output, End: true } }));

/** A machine with two versions and an alias that routes to both. */
async function versioned(random?: () => number): Promise<Engine> {
  const engine = new Engine(random ? { random } : {});
  await engine.call('CreateStateMachine', { name: 'mine', definition: tell('one'), roleArn: ROLE, publish: true });
  await engine.call('UpdateStateMachine', { stateMachineArn: MINE, definition: tell('two') });
  await engine.call('PublishStateMachineVersion', { stateMachineArn: MINE, description: 'the second' });
  await engine.call('CreateStateMachineAlias', { name: 'live', routingConfiguration: routes([1, 20], [2, 80]) });
  return engine;
}

const routes = (...weights: [number, number][]): JsonObject[] =>
  weights.map(([number, weight]) => ({ stateMachineVersionArn: `${MINE}:${number}`, weight }));

describe('versions', () => {
  test('are published once for each revision, and listed with the newest first', async () => {
    const engine = await versioned();
    expect(await engine.call('PublishStateMachineVersion', { stateMachineArn: MINE })).toMatchObject({
      stateMachineVersionArn: `${MINE}:2`,
    });
    const first = await engine.call('ListStateMachineVersions', { stateMachineArn: MINE, maxResults: 1 });
    expect(first).toMatchObject({ stateMachineVersions: [{ stateMachineVersionArn: `${MINE}:2` }] });
    const next = { stateMachineArn: MINE, maxResults: 1, nextToken: first.nextToken! };
    expect(await engine.call('ListStateMachineVersions', next)).toEqual({
      stateMachineVersions: [{ stateMachineVersionArn: `${MINE}:1`, creationDate: engine.clock.now() / 1_000 }],
    });
  });

  test('are not published of a revision that is not the newest', async () => {
    const engine = await versioned();
    await expect(
      engine.call('PublishStateMachineVersion', { stateMachineArn: MINE, revisionId: 'another' }),
    ).rejects.toMatchObject({ code: 'ConflictException' });
  });

  test('are deleted when no alias routes to them, and their numbers are not given again', async () => {
    const engine = await versioned();
    const remove = () => engine.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${MINE}:2` });
    await expect(remove()).rejects.toMatchObject({
      code: 'ConflictException',
      message: expect.stringContaining('[live]'),
    });
    await engine.call('DeleteStateMachineAlias', { stateMachineAliasArn: `${MINE}:live` });
    expect(await remove()).toEqual({});
    expect(await remove()).toEqual({});
    expect(await engine.call('PublishStateMachineVersion', { stateMachineArn: MINE })).toMatchObject({
      stateMachineVersionArn: `${MINE}:3`,
    });
  });

  test('of the app are not deleted by clients, and neither are its aliases', async () => {
    const engine = new Engine();
    engine.define({ Done: { Type: 'Succeed' } });
    const stateMachineVersionArn = engine.service.publishVersion(MACHINE);
    engine.service.defineAlias(`${MACHINE}:live`, [{ stateMachineVersionArn, weight: 100 }]);
    for (const [operation, input] of [
      ['DeleteStateMachineVersion', { stateMachineVersionArn }],
      ['DeleteStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }],
    ] as const) {
      await expect(engine.call(operation, input)).rejects.toMatchObject({ code: 'ConflictException' });
    }
  });
});

describe('aliases', () => {
  test('route starts by weight', async () => {
    const chances = [0.19, 0.2];
    const engine = await versioned(() => chances.shift()!);
    const outputs: unknown[] = [];
    for (const _round of [1, 2]) {
      outputs.push((await engine.ended(await engine.start({}, { stateMachineArn: `${MINE}:live` }))).output);
    }
    expect(outputs).toEqual(['one', 'two']);
  });

  test('are described, changed and listed', async () => {
    const engine = await versioned();
    const stateMachineAliasArn = `${MINE}:live`;
    const creationDate = engine.clock.now() / 1_000;
    engine.clock.advance(1_000);
    const updateDate = engine.clock.now() / 1_000;
    expect(
      await engine.call('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration: routes([2, 100]) }),
    ).toEqual({ updateDate });
    expect(await engine.call('DescribeStateMachineAlias', { stateMachineAliasArn })).toEqual({
      stateMachineAliasArn,
      name: 'live',
      routingConfiguration: routes([2, 100]),
      creationDate,
      updateDate,
    });
    await engine.call('CreateStateMachineAlias', { name: 'old', routingConfiguration: routes([1, 100]) });
    const list = async (stateMachineArn: string, fields: JsonObject = {}) =>
      engine.call('ListStateMachineAliases', { stateMachineArn, ...fields });
    const first = await list(MINE, { maxResults: 1 });
    expect(first.stateMachineAliases).toEqual([{ stateMachineAliasArn, creationDate }]);
    const old = [expect.objectContaining({ stateMachineAliasArn: `${MINE}:old` })];
    expect(await list(MINE, { nextToken: first.nextToken! })).toEqual({ stateMachineAliases: old });
    expect(await list(`${MINE}:1`)).toEqual({ stateMachineAliases: old });
  });

  test('are the same when they are created again', async () => {
    const engine = await versioned();
    const create = (fields: JsonObject) => engine.call('CreateStateMachineAlias', { name: 'live', ...fields });
    expect(await create({ routingConfiguration: routes([1, 20], [2, 80]) })).toMatchObject({
      stateMachineAliasArn: `${MINE}:live`,
    });
    await expect(create({ routingConfiguration: routes([1, 100]) })).rejects.toMatchObject({
      code: 'ConflictException',
    });
  });

  test.each<[string, JsonObject, string]>([
    ['weights that are not 100 together', { routingConfiguration: routes([1, 20], [2, 79]) }, 'ValidationException'],
    ['one version twice', { routingConfiguration: routes([1, 20], [1, 80]) }, 'ValidationException'],
    ['three versions', { routingConfiguration: routes([1, 20], [2, 30], [3, 50]) }, 'ValidationException'],
    ['no version', { routingConfiguration: [] }, 'ValidationException'],
    ['a version that is not there', { routingConfiguration: routes([9, 100]) }, 'ResourceNotFound'],
    ['a number as its name', { name: '7', routingConfiguration: routes([1, 100]) }, 'ValidationException'],
    ['a blank in its name', { name: 'a b', routingConfiguration: routes([1, 100]) }, 'InvalidName'],
  ])('are refused with %s', async (_what, fields, code) => {
    const engine = await versioned();
    await expect(engine.call('CreateStateMachineAlias', { name: 'new', ...fields })).rejects.toMatchObject({ code });
  });

  test('that are not there are not found', async () => {
    const engine = await versioned();
    for (const operation of ['DescribeStateMachineAlias', 'UpdateStateMachineAlias', 'DeleteStateMachineAlias']) {
      await expect(engine.call(operation, { stateMachineAliasArn: `${MINE}:none` })).rejects.toMatchObject({
        code: 'ResourceNotFound',
      });
    }
  });
});
