import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, type EngineOptions, MACHINE, ROLE, StoreFile, task, type WireEvent } from './engine.ts';

const ACTIVITY = 'arn:aws:states:us-east-1:000000000000:activity:pack';
const pack = (fields: JsonObject = {}): JsonObject => ({ Pack: task({ Resource: ACTIVITY, ...fields }) });

interface Taken {
  readonly taskToken: string | null;
  readonly input?: string;
}

/** An engine with the activity, and an execution that waits for its worker. */
async function waiting(fields: JsonObject = {}, options: EngineOptions = {}) {
  const engine = new Engine(options);
  await engine.call('CreateActivity', { name: 'pack' });
  engine.define(pack(fields));
  const arn = await engine.start({ box: 1 });
  await engine.settle();
  return { engine, arn };
}

const take = async (engine: Engine, fields: JsonObject = {}): Promise<Taken> =>
  (await engine.call('GetActivityTask', { activityArn: ACTIVITY, ...fields })) as unknown as Taken;

/** Type and details of the events of the task itself. */
const told = async (engine: Engine, arn: string): Promise<unknown[]> =>
  (await engine.history(arn))
    .filter(({ type }) => type.startsWith('Activity'))
    .map(({ id: _id, previousEventId: _previous, timestamp: _timestamp, ...rest }: WireEvent) => rest);

describe('A task of an activity', () => {
  test('is given to a worker, whose answer ends it', async () => {
    const { engine, arn } = await waiting({ TimeoutSeconds: 60, HeartbeatSeconds: 10 });
    const { taskToken, input } = await take(engine, { workerName: 'packer-1' });
    expect(JSON.parse(input!)).toEqual({ box: 1 });
    await engine.call('SendTaskSuccess', { taskToken, output: '{"packed":true}' });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { packed: true } });
    expect(await told(engine, arn)).toEqual([
      {
        type: 'ActivityScheduled',
        activityScheduledEventDetails: {
          ...{ resource: ACTIVITY, input: '{"box":1}', inputDetails: { truncated: false } },
          ...{ timeoutInSeconds: 60, heartbeatInSeconds: 10 },
        },
      },
      { type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'packer-1' } },
      {
        type: 'ActivitySucceeded',
        activitySucceededEventDetails: { output: '{"packed":true}', outputDetails: { truncated: false } },
      },
    ]);
  });

  test('is failed by its worker, under the name that a Catch sees', async () => {
    const Catch = [{ ErrorEquals: ['Broken'], Next: 'Caught' }];
    const engine = new Engine();
    await engine.call('CreateActivity', { name: 'pack' });
    engine.define({ ...pack({ Catch }), Caught: { Type: 'Succeed' } });
    const arn = await engine.start();
    await engine.settle();
    const { taskToken } = await take(engine);
    await engine.call('SendTaskFailure', { taskToken, error: 'Broken', cause: 'no box' });
    expect(await engine.ended(arn)).toMatchObject({ output: { Error: 'Broken', Cause: 'no box' } });
    expect(await told(engine, arn)).toMatchObject([
      {},
      { type: 'ActivityStarted', activityStartedEventDetails: {} },
      { type: 'ActivityFailed', activityFailedEventDetails: { error: 'Broken', cause: 'no box' } },
    ]);
  });

  test.each([
    ['TimeoutSeconds', { TimeoutSeconds: 5 }, 5],
    ['HeartbeatSeconds', { HeartbeatSeconds: 3 }, 3],
  ])('times out after its %s, which begin when a worker takes it', async (_what, fields, limit) => {
    const { engine, arn } = await waiting(fields);
    engine.clock.advance(3_600_000);
    await engine.settle();
    const { taskToken } = await take(engine);
    const start = engine.clock.now();
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(engine.secondsSince(start)).toBe(limit);
    expect((await told(engine, arn)).at(-1)).toEqual({
      type: 'ActivityTimedOut',
      activityTimedOutEventDetails: { error: 'States.Timeout' },
    });
    await expect(engine.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  test('goes on as long as its worker sends heartbeats', async () => {
    const { engine, arn } = await waiting({ HeartbeatSeconds: 3 });
    const { taskToken } = await take(engine);
    for (let beat = 0; beat < 3; beat += 1) {
      await engine.settle();
      engine.clock.advance(2_000);
      await engine.call('SendTaskHeartbeat', { taskToken });
    }
    await engine.call('SendTaskSuccess', { taskToken, output: '1' });
    expect(await engine.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('ends the execution, whatever it catches, when there is no such activity', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const engine = new Engine();
    engine.define({ ...pack({ Catch }), Caught: { Type: 'Succeed' } });
    const arn = await engine.start();
    expect(await engine.ended(arn)).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Pack' (entered at the event id #2). The activity ${ACTIVITY} does not exist.`,
    });
    expect(await engine.historyTypes(arn)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
  });

  test('is refused in an express state machine', () => {
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Pack', States: pack() });
    const express = { name: 'x', arn: `${MACHINE}x`, roleArn: ROLE, definition, type: 'EXPRESS' } as const;
    expect(() => new Engine().service.createStateMachine(express)).toThrow('state Pack, Resource');
  });
});

describe('GetActivityTask', () => {
  test('waits a minute for a task, and gives no token then', async () => {
    const engine = new Engine();
    await engine.call('CreateActivity', { name: 'pack' });
    const start = engine.clock.now();
    const nothing = take(engine);
    await engine.settle();
    engine.clock.advanceToNext();
    expect(await nothing).toEqual({ taskToken: null });
    expect(engine.secondsSince(start)).toBe(60);
  });

  test('gives each task to one worker, in the order in which both came', async () => {
    const { engine } = await waiting();
    const first = await take(engine);
    const later = [take(engine), take(engine)];
    await engine.settle();
    await engine.start({ box: 2 });
    await engine.start({ box: 3 });
    const inputs = [first, ...(await Promise.all(later))].map(({ input }) => JSON.parse(input!) as unknown);
    expect(inputs).toEqual([{ box: 1 }, { box: 2 }, { box: 3 }]);
  });

  test('gives no task of an execution that was stopped', async () => {
    const { engine, arn } = await waiting();
    await engine.call('StopExecution', { executionArn: arn });
    await engine.settle();
    const next = take(engine);
    await engine.settle();
    await engine.start({ box: 2 });
    expect(await next).toMatchObject({ input: '{"box":2}' });
  });

  test('ends with the engine', async () => {
    const { engine } = await waiting();
    await take(engine);
    const nothing = take(engine);
    engine.service.close();
    expect(await nothing).toEqual({ taskToken: null });
  });
});

describe('Activities', () => {
  test('are created once, described, listed by pages and deleted', async () => {
    const engine = new Engine();
    for (const name of ['a', 'b', 'c']) await engine.call('CreateActivity', { name });
    const again = await engine.call('CreateActivity', { name: 'a' });
    const arn = again.activityArn as string;
    expect(await engine.call('DescribeActivity', { activityArn: arn })).toEqual({
      ...again,
      name: 'a',
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    const { activities, nextToken } = await engine.call('ListActivities', { maxResults: 2 });
    expect((activities as JsonObject[]).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await engine.call('ListActivities', { maxResults: 2, nextToken: nextToken! })).toMatchObject({
      activities: [{ name: 'c' }],
    });
    for (let time = 0; time < 2; time += 1) {
      expect(await engine.call('DeleteActivity', { activityArn: arn })).toEqual({});
    }
    await expect(engine.call('DescribeActivity', { activityArn: arn })).rejects.toMatchObject({
      code: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${arn}'`,
    });
  });

  test.each([
    ['CreateActivity', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    ['DescribeActivity', { activityArn: 'pack' }, 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: pack'"],
    ['GetActivityTask', { activityArn: 'pack' }, 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: pack'"],
    ['GetActivityTask', { activityArn: ACTIVITY }, 'ActivityDoesNotExist', `Activity Does Not Exist: '${ACTIVITY}'`],
    ['DeleteActivity', { activityArn: 'pack' }, 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: pack'"],
  ])('%s of %j is refused', async (operation, input, code, message) => {
    await expect(new Engine().call(operation, input)).rejects.toMatchObject({ code, message });
  });
});

describe('After a kill', () => {
  const file = new StoreFile();
  afterEach(() => file.remove());

  test('a task is offered again; one that a worker has stays with the worker, and its time goes on', async () => {
    const { engine: first, arn } = await waiting({ TimeoutSeconds: 60 }, { store: file.open() });
    const second = file.restarted(first);
    second.service.resume();
    await second.settle();
    const { taskToken } = await take(second);
    second.clock.advance(40_000);
    const third = file.restarted(second);
    third.service.resume();
    await third.settle();
    expect((await third.historyTypes(arn)).filter((type) => type.startsWith('Activity'))).toEqual([
      'ActivityScheduled',
      'ActivityStarted',
    ]);
    await third.call('SendTaskHeartbeat', { taskToken });
    const start = third.clock.now();
    expect(await third.ended(arn)).toMatchObject({ error: 'States.Timeout' });
    expect(third.secondsSince(start)).toBe(20);
  });
});

test('an answer to a task of a deleted activity is refused', async () => {
  const { engine } = await waiting();
  const { taskToken } = await take(engine);
  await engine.call('DeleteActivity', { activityArn: ACTIVITY });
  for (const operation of ['SendTaskHeartbeat', 'SendTaskFailure']) {
    await expect(engine.call(operation, { taskToken })).rejects.toMatchObject({ code: 'TaskDoesNotExist' });
  }
});
