import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, MACHINE, machine, never, ROLE, StoreFile, task } from './engine.ts';

const MINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:mine';
const tell = (Output: string): string => JSON.stringify(machine({ Tell: { Type: 'Pass', Output, End: true } }));
const mine = (fields: JsonObject = {}): JsonObject => ({
  name: 'mine',
  definition: tell('one'),
  roleArn: ROLE,
  ...fields,
});

describe('CreateStateMachine', () => {
  test('makes a machine that a restart and a new start of the app keep', async () => {
    const file = new StoreFile();
    const first = new Engine({ store: file.open() });
    const creationDate = first.clock.now() / 1_000;
    expect(await first.call('CreateStateMachine', mine())).toEqual({ stateMachineArn: MINE, creationDate });
    const second = file.restarted(first);
    second.define({ Done: { Type: 'Succeed' } });
    expect(await second.ended(await second.start({}, { stateMachineArn: MINE }))).toMatchObject({ output: 'one' });
    expect(await second.call('DescribeStateMachine', { stateMachineArn: MINE })).toMatchObject({
      stateMachineArn: MINE,
      definition: tell('one'),
      type: 'STANDARD',
      status: 'ACTIVE',
      creationDate,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    });
    file.remove();
  });

  test('gives the same answer to the same request again, whatever its role and tags', async () => {
    const engine = new Engine();
    const made = await engine.call('CreateStateMachine', mine({ publish: true }));
    expect(made).toMatchObject({ stateMachineVersionArn: `${MINE}:1` });
    engine.clock.advance(1_000);
    const again = mine({ publish: true, roleArn: `${ROLE}2`, tags: [{ key: 'a', value: 'b' }] });
    expect(await engine.call('CreateStateMachine', again)).toEqual(made);
    expect(await engine.call('ListTagsForResource', { resourceArn: MINE })).toEqual({ tags: [] });
  });

  test.each<[string, JsonObject, string]>([
    ['another definition under the name', { definition: tell('two') }, 'StateMachineAlreadyExists'],
    ['another type under the name', { type: 'EXPRESS' }, 'StateMachineAlreadyExists'],
    ['a blank in the name', { name: 'a b' }, 'InvalidName'],
    ['a definition that is no JSON', { name: 'new', definition: '{' }, 'InvalidDefinition'],
    ['a role that is none', { name: 'new', roleArn: 'admin' }, 'InvalidArn'],
    ['an unknown type', { name: 'new', type: 'FAST' }, 'ValidationException'],
    ['a description of no version', { name: 'new', versionDescription: 'v' }, 'ValidationException'],
    ['no definition', { name: 'new', definition: null }, 'ValidationException'],
  ])('refuses %s', async (_what, fields, code) => {
    const engine = new Engine();
    await engine.call('CreateStateMachine', mine());
    await expect(engine.call('CreateStateMachine', mine(fields))).rejects.toMatchObject({ code });
  });
});

describe('UpdateStateMachine', () => {
  test('changes the definition for the next start, and may publish it', async () => {
    const engine = new Engine();
    await engine.call('CreateStateMachine', mine());
    engine.clock.advance(1_000);
    const updated = await engine.call('UpdateStateMachine', {
      stateMachineArn: MINE,
      definition: tell('two'),
      publish: true,
    });
    expect(updated).toEqual({
      updateDate: engine.clock.now() / 1_000,
      revisionId: (await engine.call('DescribeStateMachine', { stateMachineArn: MINE })).revisionId,
      stateMachineVersionArn: `${MINE}:1`,
    });
    expect(await engine.ended(await engine.start({}, { stateMachineArn: MINE }))).toMatchObject({ output: 'two' });
  });

  test('of what the app declares holds until the next start, and the engine says so', async () => {
    const engine = new Engine();
    engine.define({ Done: { Type: 'Succeed' } });
    await engine.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition: tell('changed') });
    expect(engine.context.warnings).toEqual([expect.stringContaining(MACHINE)]);
    expect(await engine.ended(await engine.start())).toMatchObject({ output: 'changed' });
  });

  test('needs something to change, a definition that can run, and a machine without version', async () => {
    const engine = new Engine();
    const { stateMachineVersionArn } = await engine.call('CreateStateMachine', mine({ publish: true }));
    const update = (fields: JsonObject) => engine.call('UpdateStateMachine', { stateMachineArn: MINE, ...fields });
    await expect(update({})).rejects.toMatchObject({ code: 'MissingRequiredParameter' });
    await expect(update({ definition: '{}' })).rejects.toMatchObject({ code: 'InvalidDefinition' });
    await expect(update({ stateMachineArn: stateMachineVersionArn!, definition: tell('two') })).rejects.toMatchObject({
      code: 'ValidationException',
    });
    await expect(update({ stateMachineArn: `${MINE}2`, definition: tell('two') })).rejects.toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
  });
});

describe('DeleteStateMachine', () => {
  test('ends what runs on the machine, and deletes it with its versions and aliases', async () => {
    const engine = new Engine({ task: never });
    const definition = JSON.stringify(machine({ Step: task() }));
    const { stateMachineVersionArn } = await engine.call('CreateStateMachine', mine({ definition, publish: true }));
    await engine.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: stateMachineVersionArn!, weight: 100 }],
    });
    const executionArn = await engine.start({}, { stateMachineArn: `${MINE}:live` });
    expect(await engine.call('DeleteStateMachine', { stateMachineArn: MINE })).toEqual({});
    expect(await engine.call('DeleteStateMachine', { stateMachineArn: MINE })).toEqual({});
    expect(await engine.finish(executionArn)).toMatchObject({
      status: 'ABORTED',
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'State machine is in DELETING status',
    });
    for (const stateMachineArn of [MINE, `${MINE}:1`, `${MINE}:live`]) {
      await expect(engine.start({}, { stateMachineArn })).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' });
    }
  });

  test('refuses what the app declares', async () => {
    const engine = new Engine();
    engine.define({ Done: { Type: 'Succeed' } });
    await expect(engine.call('DeleteStateMachine', { stateMachineArn: MACHINE })).rejects.toMatchObject({
      code: 'ConflictException',
      message: expect.stringContaining('declared by the app'),
    });
  });
});

test('ListStateMachines gives all, page by page', async () => {
  const engine = new Engine();
  for (const name of ['c', 'a', 'b']) await engine.call('CreateStateMachine', mine({ name, type: 'EXPRESS' }));
  const first = await engine.call('ListStateMachines', { maxResults: 2 });
  const second = await engine.call('ListStateMachines', { maxResults: 2, nextToken: first.nextToken! });
  expect(second).not.toHaveProperty('nextToken');
  const names = [first, second].flatMap(
    ({ stateMachines }) => stateMachines as unknown as { readonly name: string; readonly type: string }[],
  );
  expect(names.map(({ name, type }) => [name, type])).toEqual(['a', 'b', 'c'].map((name) => [name, 'EXPRESS']));
});

test('DescribeStateMachine leaves out the definition where only metadata is asked for', async () => {
  const engine = new Engine();
  await engine.call('CreateStateMachine', mine({ loggingConfiguration: { level: 'ALL' } }));
  const described = await engine.call('DescribeStateMachine', { stateMachineArn: MINE, includedData: 'METADATA_ONLY' });
  expect(described).toMatchObject({ name: 'mine', loggingConfiguration: { level: 'ALL' } });
  expect(described).not.toHaveProperty('definition');
  await expect(engine.call('DescribeStateMachine', { stateMachineArn: 'mine' })).rejects.toMatchObject({
    code: 'InvalidArn',
  });
});

test('tags are added, replaced, removed and listed', async () => {
  const engine = new Engine();
  await engine.call('CreateStateMachine', mine({ tags: [{ key: 'team', value: 'a' }] }));
  const resourceArn = MINE;
  await engine.call('TagResource', {
    resourceArn,
    tags: [
      { key: 'team', value: 'b' },
      { key: 'tier', value: '1' },
    ],
  });
  await engine.call('UntagResource', { resourceArn, tagKeys: ['tier', 'none'] });
  expect(await engine.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [{ key: 'team', value: 'b' }] });
  const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }));
  await expect(engine.call('TagResource', { resourceArn, tags: many })).rejects.toMatchObject({ code: 'TooManyTags' });
  await expect(engine.call('TagResource', { resourceArn: `${MINE}2`, tags: [] })).rejects.toMatchObject({
    code: 'ResourceNotFound',
  });
});

test.each<[string, string, JsonObject]>([
  ['nothing against a good definition', tell('one'), { result: 'OK', diagnostics: [], truncated: false }],
  [
    'where a definition is wrong',
    JSON.stringify(machine({ Tell: { Type: 'Pass', Next: 'Nowhere' }, End: { Type: 'Succeed', Comment: 1 } })),
    {
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'MISSING_TRANSITION_TARGET',
          location: '/States/Tell/Next',
          message: expect.stringContaining('Nowhere') as unknown as string,
        },
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          location: '/States/End/Comment',
          message: expect.stringContaining('expected a text') as unknown as string,
        },
        {
          severity: 'ERROR',
          code: 'MISSING_TRANSITION_TARGET',
          location: '/States/End',
          message: expect.stringContaining('no state leads to it') as unknown as string,
        },
      ],
      truncated: false,
    },
  ],
  [
    'that a text is no JSON',
    '{',
    {
      result: 'FAIL',
      diagnostics: [expect.objectContaining({ code: 'INVALID_JSON_DESCRIPTION' })],
      truncated: false,
    },
  ],
])('ValidateStateMachineDefinition says %s', async (_what, definition, expected) => {
  expect(await new Engine().call('ValidateStateMachineDefinition', { definition })).toEqual(expected);
});
